namespace BusIngest.Api.Orders;

/// <summary>Times and rates as they are shown.</summary>
internal static class Durations
{
    /// <summary>Whole milliseconds from one time to another; 0 where one of them is not known.</summary>
    public static long Between(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } begin && to is { } end ? Math.Max(0, end.ToUnixTimeMilliseconds() - begin.ToUnixTimeMilliseconds()) : 0;

    /// <summary>Orders a second, with two decimals.</summary>
    /// <param name="orders">How many.</param>
    /// <param name="milliseconds">In what time; none counts as one.</param>
    public static double Rate(long orders, long milliseconds) => Math.Round(orders * 1_000.0 / Math.Max(1, milliseconds), 2);
}
