namespace BusIngest.Api.Dashboard.Reading.Events;

/// <summary>Where an hour is in the keys of `event_buckets`: 27 bits of account, 20 of hour since 1970, 16 of segment (ADR 16).</summary>
internal static class BucketHour
{
    /// <summary>The bits that an account's number is shifted by.</summary>
    public const int AccountShift = 36;

    private const int HourShift = 16;

    /// <summary>What is added to an account's number, shifted, for the first key of its hour.</summary>
    public static long Offset(long hour) => hour << HourShift;
}
