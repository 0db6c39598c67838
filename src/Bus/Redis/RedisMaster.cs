using BusIngest.Bus.Outbox;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>
/// Knows the master of this moment and holds the connection to it. Behind Sentinel it is the server that the Sentinels name and that itself
/// says `master`; news of a switch is obeyed at once. While no Sentinel answers, the known master goes on being used. Neither makes a
/// write durable: a master that was replaced without knowing lacks a replica to confirm it. The connection is kept for as long as it is good; tries for
/// another one are ever farther apart.
/// </summary>
internal sealed class RedisMaster : SupervisedService
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    private readonly MasterState _state;
    private readonly MasterSearch _search;
    private readonly TimeProvider _time;
    private bool _disposed;

    public RedisMaster(RedisOptions options, Supervisor supervisor, TimeProvider time, ILogger<RedisMaster> logger)
        : base(supervisor, "redis-master")
    {
        _time = time;
        _state = new MasterState(time, logger);
        _search = new MasterSearch(options, _state, time, logger);
    }

    /// <summary>The master in use as `host:port`, or the last one known; null when none was.</summary>
    public string? Endpoint => _state.Endpoint;

    /// <summary>The last time that another server became the master; null when none did since the start.</summary>
    public MasterPromotion? LastPromotion => _state.LastPromotion;

    /// <summary>Set when a master was found: the same again, or another.</summary>
    public Pulse Returned => _state.Returned;

    /// <summary>Why nothing can be written there, for want of a connection or by <see cref="Refusal"/>; null when it can.</summary>
    public string? Unavailable => _state.Current is null ? _state.Reason : _state.Refusal;

    /// <summary>Why the master is not trusted with what must not be lost, though it answers: an operator has to change it. Null when it is.</summary>
    public string? Refusal => _state.Refusal;

    /// <summary>The connection to the master.</summary>
    /// <exception cref="RedisUnavailableException">There is none at present.</exception>
    public RedisConnection Connection => InUse.Connection;

    /// <summary>The master, for what must not be lost.</summary>
    /// <exception cref="RedisUnavailableException">There is none at present, or it would not keep it.</exception>
    public MasterInUse Trusted => _state.Refusal is { } refusal ? throw new RedisUnavailableException(refusal) : InUse;

    private MasterInUse InUse => _state.Current ?? throw new RedisUnavailableException(_state.Reason);

    /// <summary>Something went wrong on a connection that had been taken for the master's: it is looked into at once.</summary>
    public void Suspect(RedisConnection connection) => _state.Suspect(connection);

    /// <summary>Does something with the master again and again: after a failure ever later, but at once when the master was found again.</summary>
    /// <param name="loop">Told of failures; the step itself tells it of success.</param>
    /// <param name="step">The step. A server's error and a time that is over count as a server that is away.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task KeepAtAsync(BackgroundLoop loop, Func<Task> step, CancellationToken stopping)
    {
        var pauses = new Backoff(FirstRetry, LongestRetry);
        while (true)
        {
            var returned = Returned.Next;
            try
            {
                await step();
            }
            catch (Exception exception) when (IsAway(exception) && !stopping.IsCancellationRequested)
            {
                if (loop.Failures == 0)
                    pauses.Reset();
                loop.Fail(exception as RedisUnavailableException ?? RedisUnavailableException.Of(Endpoint ?? "its address", exception));
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                await Task.WhenAny(returned, Task.Delay(pauses.Take(), _time, pause.Token));
                await pause.CancelAsync();
            }

            stopping.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        // The container knows it by two names.
        if (_disposed)
            return;
        _disposed = true;
        base.Dispose();
        _search.Dispose();
        _state.Dispose();
    }

    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        while (true)
        {
            var stirred = _state.Stirred.Next;
            var isFound = await FindAsync(stirred, stopping);
            if (isFound == true)
                loop.Succeed();
            else if (isFound == false)
                loop.Fail(new RedisUnavailableException(_state.Reason));
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await Task.WhenAny(stirred, Task.Delay(isFound == true ? CheckInterval : _search.TakePause(), _time, pause.Token));
            await pause.CancelAsync();
            stopping.ThrowIfCancellationRequested();
        }
    }

    private static bool IsAway(Exception exception) => exception is RedisUnavailableException or RedisServerException or OperationCanceledException;

    /// <summary>Looks once.</summary>
    /// <returns>Whether there is a master in use; null when there was news meanwhile, and it is to be looked again.</returns>
    private async Task<bool?> FindAsync(Task stirred, CancellationToken stopping)
    {
        using var step = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var work = _search.FindAsync(step.Token);
        if (await Task.WhenAny(work, stirred) != work)
            await step.CancelAsync();
        try
        {
            return await work;
        }
        catch (OperationCanceledException) when (step.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return null;
        }
    }
}
