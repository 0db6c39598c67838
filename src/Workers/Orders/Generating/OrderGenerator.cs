using BusIngest.Contracts.Orders;

namespace BusIngest.Workers.Orders.Generating;

/// <summary>Makes orders up. The same message makes the same orders, and any chunk can be made without those before it.</summary>
internal static class OrderGenerator
{
    private const int LowestCents = 1_000;
    private const int HighestCents = 1_000_000;

    /// <summary>The orders of a chunk: the VIP ones first, so that those of each priority lie side by side.</summary>
    public static OrderDraw[] Draw(GenerateOrderChunk chunk)
    {
        var random = new Random(unchecked((chunk.Seed * 397) ^ chunk.Index));
        var orders = new OrderDraw[chunk.Count];
        // VIP orders from the front, the others from the back.
        var (front, back) = (0, orders.Length - 1);
        for (var i = 0; i < chunk.Count; i++)
        {
            var order = new OrderDraw(
                Customers.Draw(random), random.Next(LowestCents, HighestCents + 1) / 100.0, OrderTiers.Of(random.Next(100)));
            orders[order.Priority == OrderPriority.Vip ? front++ : back--] = order;
        }

        return orders;
    }
}
