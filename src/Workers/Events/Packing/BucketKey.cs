namespace BusIngest.Workers.Events.Packing;

/// <summary>
/// The key of a bucket in one number, so that an account's hours lie side by side in time order: 27 bits of account, 20 of hour since
/// 1970, which lasts until 2089, and 16 of segment.
/// </summary>
internal static class BucketKey
{
    /// <summary>An hour in milliseconds.</summary>
    public const long HourMs = 3_600_000;

    /// <summary>The most accounts.</summary>
    public const int MostAccounts = (1 << 27) - 1;

    private const int SegmentBits = 16;
    private const int HourBits = 20;
    private const long HourMask = (1L << HourBits) - 1;

    /// <summary>The first key of an account's hour; its segments follow. That of the hour after the last one is the next account's first.</summary>
    public static long First(int account, long hour) => ((long)account << (HourBits + SegmentBits)) + (hour << SegmentBits);

    /// <summary>The first key of the same account and hour.</summary>
    public static long First(long key) => (key >> SegmentBits) << SegmentBits;

    /// <summary>The key after the last one of the same account and hour.</summary>
    public static long End(long key) => ((key >> SegmentBits) + 1) << SegmentBits;

    /// <summary>The hour of a key.</summary>
    public static long Hour(long key) => (key >> SegmentBits) & HourMask;
}
