using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Keeps a connection for publishes open, for as long as the host runs, and opens another one when it is lost.</summary>
/// <remarks>Consumers have another one, MassTransit's: an alarm blocks connections that publish, and consumers have to go on then more than ever.</remarks>
internal sealed class RabbitMqConnection(
    RabbitMqOptions options, ConnectionFactory factory, RabbitMqTopology topology, TimeProvider time, ILogger<RabbitMqConnection> logger, Supervisor supervisor)
    : SupervisedService(supervisor, "rabbitmq-connection")
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>A broker that has just started takes its time with many queues.</summary>
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private TaskCompletionSource<RabbitMqSession> _session = New();
    private volatile RabbitMqSession? _current;
    private volatile string? _trouble = "It was not reached yet.";
    private Task _closing = Task.CompletedTask;

    /// <summary>Set when the broker may take messages: a session has begun, or an alarm is over.</summary>
    public Pulse Returned { get; } = new();

    /// <summary>Why nothing can be published now; null when it can.</summary>
    public string? Trouble => _trouble ?? _current?.Blocked;

    /// <summary>The session; waits while the first attempt at one is under way, and fails at once after it failed.</summary>
    /// <exception cref="RabbitMqUnavailableException">The broker is away.</exception>
    public Task<RabbitMqSession> SessionAsync(CancellationToken cancellationToken)
    {
        var session = Volatile.Read(ref _session).Task;
        return session.IsCompleted ? session : session.WaitAsync(cancellationToken);
    }

    /// <summary>Waits for a session, however long it takes.</summary>
    public async Task WaitUntilUpAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var returned = Returned.Next;
            if (_current is not null)
                return;
            await returned.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Fail(new OperationCanceledException("The process stops."));
        await Task.WhenAny(_closing, Task.Delay(StopTimeout, time, CancellationToken.None));
    }

    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        var pauses = new Backoff(FirstPause, LongestPause);
        while (true)
        {
            try
            {
                await KeepSessionAsync(loop, pauses, stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                loop.Fail(Fail(exception));
            }

            await Task.Delay(pauses.Take(), time, stopping);
        }
    }

    /// <summary>Opens a session, and waits for its end.</summary>
    private async Task KeepSessionAsync(BackgroundLoop loop, Backoff pauses, CancellationToken stopping)
    {
        IConnection? connection = null;
        try
        {
            RabbitMqSession? session = null;
            await loop.DoAsync(async () =>
            {
                connection = await ConnectAsync(stopping);
                session = await OpenAsync(connection, stopping);
            });
            pauses.Reset();
            Begin(session!);
            Lose(await session!.Ended.WaitAsync(stopping));
        }
        finally
        {
            // Not waited for: a broker that is frozen lets it last, and the next one may be there already.
            if (connection is not null)
                _closing = RabbitMqSession.CloseAsync(connection, logger);
        }
    }

    private async Task<IConnection> ConnectAsync(CancellationToken stopping)
    {
        options.Renew(factory);
        var connecting = factory.CreateConnectionAsync(stopping);
        try
        {
            // The client needs seconds more to give up.
            return await connecting.WaitAsync(options.ConnectTimeout * 2, time, stopping);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ = CloseLateAsync(connecting);
            throw;
        }
    }

    private async Task CloseLateAsync(Task<IConnection> connecting)
    {
        try
        {
            await RabbitMqSession.CloseAsync(await connecting, logger);
        }
        catch (Exception exception)
        {
            logger.LogDebug(exception, "A connection that was given up failed");
        }
    }

    private async Task<RabbitMqSession> OpenAsync(IConnection connection, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(OpenTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
        try
        {
            return await RabbitMqSession.OpenAsync(connection, topology, options.PublishChannels, Unblocked, either.Token);
        }
        catch (OperationCanceledException exception) when (!stopping.IsCancellationRequested)
        {
            throw new TimeoutException("RabbitMQ was reached, and did not answer in time.", exception);
        }
    }

    private void Begin(RabbitMqSession session)
    {
        _current = session;
        _trouble = null;
        if (!Volatile.Read(ref _session).TrySetResult(session))
        {
            var begun = New();
            begun.SetResult(session);
            Volatile.Write(ref _session, begun);
        }

        logger.LogInformation("Connected to {RabbitMq}", options);
        Returned.Set();
    }

    private void Lose(string reason)
    {
        _current = null;
        _trouble = reason;
        Volatile.Write(ref _session, New());
        logger.LogWarning("The connection to {RabbitMq} is lost: {Reason}", options, reason);
    }

    /// <summary>Has callers fail until there is a session.</summary>
    /// <returns>What they hear.</returns>
    private RabbitMqUnavailableException Fail(Exception exception)
    {
        _current = null;
        var reason = exception is RabbitMqTopologyException ? exception.Message : exception.GetBaseException().Message;
        _trouble = reason;
        var failure = new RabbitMqUnavailableException($"{options} can't be used: {reason}", exception);
        if (!Volatile.Read(ref _session).TrySetException(failure))
        {
            var failed = New();
            failed.SetException(failure);
            Volatile.Write(ref _session, failed);
        }

        // Nobody may have waited.
        _ = Volatile.Read(ref _session).Task.Exception;
        return failure;
    }

    private void Unblocked()
    {
        logger.LogInformation("{RabbitMq} takes messages in again", options);
        Returned.Set();
    }

    private static TaskCompletionSource<RabbitMqSession> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
