using BusIngest.Bus.Outbox.Breaker;

namespace BusIngest.Bus.Outbox.Failover;

/// <summary>Holds bulk producers back while much waits behind the lane: a broker takes more than consumers can, and its queues must stay small.</summary>
internal sealed class LaneBacklog(
    IPrimaryLane lane, IEnumerable<IBacklog> backlogs, LaneBreaker breaker, BreakerOptions options, FailoverOptions failover, TimeProvider time)
    : IDisposable
{
    /// <summary>The server is asked no more often.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly IBacklog? _backlog = backlogs.FirstOrDefault() ?? lane as IBacklog;
    private readonly SemaphoreSlim _asking = new(1, 1);
    private long? _askedAt;
    private long _messages;

    /// <summary>Completes when little waits there, when that can't be known, or when the lane is out of use.</summary>
    public async Task WaitUntilLowAsync(CancellationToken cancellationToken)
    {
        if (_backlog is not { } backlog)
            return;

        while (breaker.Circuit == Circuit.Closed && await ReadAsync(backlog, cancellationToken) > failover.BulkHighWaterMessages)
            await Task.Delay(Interval, time, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _asking.Dispose();

    private async ValueTask<long> ReadAsync(IBacklog backlog, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_askedAt is not { } askedAt || time.GetElapsedTime(askedAt) >= Interval)
            {
                _messages = await AskAsync(backlog);
                _askedAt = time.GetTimestamp();
            }

            return _messages;
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<long> AskAsync(IBacklog backlog)
    {
        using var deadline = new CancellationTokenSource(options.PublishTimeout, time);
        try
        {
            return await backlog.MessagesAsync(deadline.Token).AsTask().WaitAsync(deadline.Token) ?? 0;
        }
        catch (Exception)
        {
            // A server that can't answer is the breaker's affair; a producer that waited for it would find out last.
            return 0;
        }
    }
}
