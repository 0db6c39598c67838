namespace BusIngest.Api.Limits;

/// <summary>What became of charges: all were made, or none.</summary>
/// <param name="WaitMs">0: they were made. Else the milliseconds until they all would be, if nobody takes anything meanwhile.</param>
/// <param name="States">What is left, charge by charge.</param>
internal readonly record struct LimitOutcome(long WaitMs, LimitState[] States)
{
    /// <summary>Whether they were made.</summary>
    public bool IsAllowed => WaitMs == 0;

    /// <summary>Whole seconds to wait, so that whoever waits as long finds it granted.</summary>
    public long WaitSeconds => Seconds(WaitMs);

    /// <summary>Milliseconds in whole seconds, rounded up.</summary>
    public static long Seconds(long milliseconds) => (milliseconds + 999) / 1_000;
}
