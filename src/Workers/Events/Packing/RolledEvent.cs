using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Packing;

/// <summary>What a summary has to know of an event.</summary>
/// <param name="Account">The account's number.</param>
/// <param name="User">The user's number.</param>
/// <param name="Type">Its type.</param>
/// <param name="TimestampMs">When it happened, in milliseconds since 1970.</param>
internal readonly record struct RolledEvent(int Account, int User, EventType Type, long TimestampMs)
{
    /// <summary>The hour since 1970 that it happened in.</summary>
    public long Hour => TimestampMs / BucketKey.HourMs;

    /// <summary>By account, then by time.</summary>
    public static int Compare(RolledEvent x, RolledEvent y)
    {
        var byAccount = x.Account.CompareTo(y.Account);
        return byAccount != 0 ? byAccount : x.TimestampMs.CompareTo(y.TimestampMs);
    }
}
