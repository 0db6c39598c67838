namespace BusIngest.Api.Limits;

/// <summary>A moment by two clocks.</summary>
/// <param name="ElapsedMs">That of the machine's running, which nobody sets.</param>
/// <param name="UtcMs">That of the calendar, in Unix ms.</param>
internal readonly record struct LimitTime(long ElapsedMs, long UtcMs)
{
    /// <summary>Milliseconds of a day.</summary>
    public const long DayMs = 86_400_000;

    /// <summary>Now.</summary>
    public static LimitTime Of(TimeProvider time) => new(
        (long)(time.GetTimestamp() * 1_000.0 / time.TimestampFrequency), time.GetUtcNow().ToUnixTimeMilliseconds());
}
