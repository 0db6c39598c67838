using BusIngest.Bus.Supervision;

namespace BusIngest.Bus.Outbox.Breaker;

/// <summary>Has an open breaker tested: after its cool-down, and at once when the lane says that it may be back.</summary>
internal sealed class LaneProber(
    LaneBreaker breaker, IPrimaryLane lane, BreakerOptions options, Failover.Sessions.FailoverSessions sessions, TimeProvider time, Supervisor supervisor)
    : SupervisedService(supervisor, "lane-prober")
{
    /// <summary>A lane that returns again and again is tested no more often.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc />
    protected override async Task RunAsync(BackgroundLoop loop, CancellationToken stopping)
    {
        var returned = lane.Returned.Next;
        long? lastTest = null;
        while (true)
        {
            var changed = breaker.Changed.Next;
            sessions.NotePromotion();
            if (!breaker.AwaitsTest)
            {
                await Task.WhenAny(changed, returned).WaitAsync(stopping);
                if (returned.IsCompleted)
                    returned = lane.Returned.Next;
                continue;
            }

            await PauseAsync(options.Cooldown, changed, returned, stopping);
            if (changed.IsCompleted)
                continue;
            if (lastTest is { } last && time.GetElapsedTime(last) is var passed && passed < ShortestPause)
                await Task.Delay(ShortestPause - passed, time, stopping);

            // Taken before the test, so that a return during it is not missed.
            returned = lane.Returned.Next;
            sessions.NotePromotion();
            await loop.DoAsync(breaker.TestAsync);
            lastTest = time.GetTimestamp();
        }
    }

    private async Task PauseAsync(TimeSpan pause, Task changed, Task returned, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(changed, returned, Task.Delay(pause, time, ending.Token));
        await ending.CancelAsync();
    }
}
