using System.Diagnostics;

namespace BusIngest.Bench.Harness;

/// <summary>Callers that each begin their next call when the last one has ended.</summary>
internal static class ClosedLoop
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>Calls until the time is over; the first two seconds do not count.</summary>
    /// <param name="callers">How many call at once.</param>
    /// <param name="duration">How long is measured.</param>
    /// <param name="call">One call.</param>
    /// <returns>Calls of all, those of the warm-up included, and what was measured.</returns>
    public static async Task<(long Calls, double PerSecond, LatencyHistogram Latency)> RunAsync(int callers, TimeSpan duration, Func<Task> call)
    {
        var begin = Stopwatch.GetTimestamp() + Ticks(WarmUp);
        var end = begin + Ticks(duration);
        var loops = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CallAsync(begin, end, call))));

        var latency = new LatencyHistogram();
        foreach (var loop in loops)
            latency.Add(loop.Latency);
        return (loops.Sum(loop => loop.Calls), latency.Count / duration.TotalSeconds, latency);
    }

    /// <summary>Makes a number of calls.</summary>
    /// <param name="callers">How many call at once.</param>
    /// <param name="calls">How many calls they make in all.</param>
    /// <param name="call">The call of this number, from 0.</param>
    public static Task RunAsync(int callers, int calls, Func<int, Task> call) => Task.WhenAll(
        Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var number = caller; number < calls; number += callers)
                await call(number);
        })));

    private static async Task<(long Calls, LatencyHistogram Latency)> CallAsync(long begin, long end, Func<Task> call)
    {
        var latency = new LatencyHistogram();
        var calls = 0L;
        var started = Stopwatch.GetTimestamp();
        while (started < end)
        {
            await call();
            calls++;
            var ended = Stopwatch.GetTimestamp();
            if (ended >= begin && ended < end)
                latency.Add(ended - started);
            started = ended;
        }

        return (calls, latency);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
