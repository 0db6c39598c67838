namespace BusIngest.Contracts.Orders;

/// <summary>
/// The numbers of a run's orders. An order's number follows from its run and its place in it, so that a chunk that is generated again makes
/// the same orders again, and the orders of a run lie side by side.
/// </summary>
public static class OrderRange
{
    /// <summary>The most orders of one run.</summary>
    public const int MaxOrders = (1 << 21) - 1;

    /// <summary>The number of a run's first order.</summary>
    /// <param name="run">The run's number, from 1.</param>
    public static long First(long run) => (run << 21) + 1;

    /// <summary>The number that no order of a run, and none of an earlier one, is above.</summary>
    /// <param name="run">The run's number, from 1.</param>
    public static long Last(long run) => First(run) + MaxOrders - 1;

    /// <summary>The number of the run that an order belongs to.</summary>
    /// <param name="order">The order's number.</param>
    public static long RunOf(long order) => (order - 1) >> 21;
}
