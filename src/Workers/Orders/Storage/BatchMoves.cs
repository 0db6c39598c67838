using BusIngest.Bus.Delivery;
using BusIngest.Contracts.Orders;
using MassTransit;

namespace BusIngest.Workers.Orders.Storage;

/// <summary>What consumers do with batches in their transactions, whichever database it is.</summary>
internal static class BatchMoves
{
    /// <summary>Enqueues batches, unless they are there.</summary>
    public static void Enqueue(this ConsumerTransaction transaction, IReadOnlyList<NewBatch> batches) => transaction.Write(
        batches.Count,
        session =>
        {
            foreach (var batch in batches)
                session.Enqueue(batch);
        },
        batch => batch.Enqueue(batches));

    /// <summary>Moves batches to a state, all or none: if one of them is not as it was read, the message is tried again.</summary>
    public static void Move(this ConsumerTransaction transaction, IReadOnlyList<OrderBatch> batches, string state, DateTimeOffset now) => transaction.Write(
        batches.Count,
        session =>
        {
            foreach (var batch in batches)
                ThrowUnless(session.Move(batch, state, now));
        },
        batch => batch.Move(batches, state, now).Check(rows => ThrowUnless(rows == batches.Count)));

    /// <summary>Says that it is the batches' turn.</summary>
    public static async Task AnnounceAsync(this IPublishEndpoint bus, IEnumerable<OrderBatch> batches)
    {
        foreach (var batch in batches)
        {
            if (string.Equals(batch.Priority, OrderPriority.Vip.Written(), StringComparison.Ordinal))
                await bus.Publish(new ProcessVipOrders(batch.Run, batch.First));
            else
                await bus.Publish(new ProcessNormalOrders(batch.Run, batch.First));
        }
    }

    private static void ThrowUnless(bool isAsItWas)
    {
        if (!isAsItWas)
            throw new BatchTakenException();
    }
}
