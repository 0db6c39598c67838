using System.Collections.Concurrent;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Transports;

namespace BusIngest.Integration.Redis;

/// <summary>Writers at a lane, all the time, and what it confirmed to them.</summary>
internal sealed class LaneLoad : IAsyncDisposable
{
    private const int Writers = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<Guid> _confirmed = new();
    private readonly List<Task> _running = [];
    private readonly IPrimaryLane _lane;
    private long _longestMs;

    public LaneLoad(IPrimaryLane lane)
    {
        _lane = lane;
        for (var writer = 0; writer < Writers; writer++)
            _running.Add(Task.Run(WriteAsync));
    }

    /// <summary>What was confirmed, in this order.</summary>
    public IReadOnlyCollection<Guid> Confirmed => _confirmed;

    /// <summary>The longest that a call took, well or not, in ms.</summary>
    public long LongestMs => Interlocked.Read(ref _longestMs);

    /// <summary>Ends the load.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stopping.IsCancellationRequested)
            await _stopping.CancelAsync();
        await Task.WhenAll(_running);
    }

    private async Task WriteAsync()
    {
        var clock = TimeProvider.System;
        while (!_stopping.IsCancellationRequested)
        {
            var id = Guid.NewGuid();
            var begun = clock.GetTimestamp();
            using var deadline = new CancellationTokenSource(Patience, clock);
            try
            {
                await _lane.ForwardAsync(new InboxEntry(id, "Note", null, 1, StoredBody.Records, DateTimeOffset.UnixEpoch, "[{}]"u8.ToArray()), deadline.Token);
                _confirmed.Enqueue(id);
            }
            catch (Exception)
            {
                // Unknown, whatever the reason; the outbox would send it again.
                await Task.Delay(Pause, clock, CancellationToken.None);
            }

            var took = (long)clock.GetElapsedTime(begun).TotalMilliseconds;
            InterlockedMax(took);
        }
    }

    private void InterlockedMax(long value)
    {
        for (var seen = LongestMs; value > seen; seen = LongestMs)
        {
            if (Interlocked.CompareExchange(ref _longestMs, value, seen) == seen)
                return;
        }
    }
}
