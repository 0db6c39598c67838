namespace BusIngest.Workers.Orders.Storage;

/// <summary>Times that both databases keep as they are.</summary>
internal static class MillisecondTime
{
    /// <summary>Now, in whole milliseconds.</summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Now, or the earliest time that may be given: the clock that gave it may be ahead of this one.</summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider time, DateTimeOffset earliest)
    {
        var now = time.GetUtcMilliseconds();
        return now > earliest ? now : earliest;
    }
}
