namespace BusIngest.Workers.Orders.Storage;

/// <summary>Times that both databases keep as they are.</summary>
internal static class MillisecondTime
{
    /// <summary>Now, in whole milliseconds.</summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
