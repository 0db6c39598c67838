using BusIngest.Contracts.Sync;

namespace BusIngest.Sagas.Sync;

/// <summary>What <see cref="SyncRunMachine"/> asks before it decides.</summary>
internal static class SyncRunRules
{
    /// <summary>So many passes in a row that end with an expired cursor before they come upon anything new are too many to go on at once.</summary>
    private const int MostFruitlessPasses = 10;

    /// <summary>So many passes in a row that lead back to where they were are enough: cursors that go in a circle do so for ever.</summary>
    private const int MostCircles = 3;

    private const int MostDoublings = 20;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    /// <summary>Whether this stretch is the one at work: not one that was shut out, and none whose outcome is known.</summary>
    public static bool Awaits(this SyncRunState run, long stretch) => stretch == run.Stretch;

    /// <summary>Whether its cursors expire before they lead anywhere.</summary>
    public static bool GoesInCircles(this SyncRunState run) => run.FruitlessPasses >= MostFruitlessPasses;

    /// <summary>Whether a failure ends the run.</summary>
    /// <param name="run">Has counted it.</param>
    /// <param name="failure">The failure.</param>
    public static bool IsEndedBy(this SyncRunState run, PageFailed failure) => failure.IsFinal || run.Circles >= MostCircles;

    /// <summary>The pause after a failure: doubled each time, or what the other side asks for, if that is longer.</summary>
    /// <param name="options">Bounds it.</param>
    /// <param name="run">Has counted its failures.</param>
    /// <param name="retryAfterMs">What the other side asks for, in milliseconds; null: nothing.</param>
    public static TimeSpan BackoffOf(this SyncRunOptions options, SyncRunState run, long? retryAfterMs)
    {
        var failures = Math.Max(run.Failures, run.FruitlessPasses - MostFruitlessPasses);
        var doubled = options.ShortestBackoff * Math.Pow(2, Math.Clamp(failures - 1, 0, MostDoublings));
        var backoff = doubled < options.LongestBackoff ? doubled : options.LongestBackoff;
        var asked = TimeSpan.FromMilliseconds(Math.Clamp(retryAfterMs ?? 0, 0, (long)LongestRetryAfter.TotalMilliseconds));
        return asked > backoff ? asked : backoff;
    }
}
