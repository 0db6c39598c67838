using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Keeps a connection for publishes open, for as long as the host runs, and opens another one when it is lost.</summary>
/// <remarks>Consumers have another one, MassTransit's: an alarm blocks connections that publish, and consumers have to go on then more than ever.</remarks>
internal sealed class RabbitMqConnection(
    RabbitMqOptions options, ConnectionFactory factory, RabbitMqTopology topology, TimeProvider time, ILogger<RabbitMqConnection> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>A broker that has just started takes its time with many queues.</summary>
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private TaskCompletionSource<RabbitMqSession> _session = New();
    private volatile RabbitMqSession? _current;
    private volatile string? _trouble = "It was not reached yet.";

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
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pauses = new Backoff(FirstPause, LongestPause);
        var closing = Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var connection = await ConnectAsync(stoppingToken);
                try
                {
                    var session = await OpenAsync(connection, stoppingToken);
                    pauses.Reset();
                    Begin(session);
                    Lose(await session.Ended.WaitAsync(stoppingToken));
                }
                finally
                {
                    // Not waited for: a broker that is frozen lets it last, and the next one may be there already.
                    closing = RabbitMqSession.CloseAsync(connection, logger);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                Fail(exception);
            }

            await Task.Delay(pauses.Take(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Fail(new OperationCanceledException("The process stops."));
        await Task.WhenAny(closing, Task.Delay(StopTimeout, time, CancellationToken.None));
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

    private void Fail(Exception exception)
    {
        _current = null;
        var reason = exception.GetBaseException().Message;
        if (exception is RabbitMqTopologyException)
            reason = exception.Message;
        // Once, and not with every try.
        if (exception is not OperationCanceledException && !string.Equals(_trouble, reason, StringComparison.Ordinal))
            logger.LogWarning("{RabbitMq} can't be used: {Reason}", options, reason);
        _trouble = reason;

        var failure = new RabbitMqUnavailableException($"RabbitMQ is away: {reason}", exception);
        if (!Volatile.Read(ref _session).TrySetException(failure))
        {
            var failed = New();
            failed.SetException(failure);
            Volatile.Write(ref _session, failed);
        }

        // Nobody may have waited.
        _ = Volatile.Read(ref _session).Task.Exception;
    }

    private void Unblocked()
    {
        logger.LogInformation("{RabbitMq} takes messages in again", options);
        Returned.Set();
    }

    private static TaskCompletionSource<RabbitMqSession> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
