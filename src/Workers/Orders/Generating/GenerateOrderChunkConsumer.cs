using BusIngest.Bus.Copies;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Copies;
using BusIngest.Workers.Orders.Storage;
using MassTransit;

namespace BusIngest.Workers.Orders.Generating;

/// <summary>Makes the orders of a chunk and stores them, with the batch of its VIP ones, unless the run was stopped.</summary>
internal sealed class GenerateOrderChunkConsumer(DocumentChanges changes, TimeProvider time) : IConsumer<GenerateOrderChunk>
{
    public async Task Consume(ConsumeContext<GenerateOrderChunk> context)
    {
        var chunk = new GeneratedChunk(context.Message, time.GetUtcMilliseconds());
        var transaction = context.Transaction();
        if (transaction.IsPostgres)
            await StoreOnPostgresAsync(transaction, chunk, context.CancellationToken);
        else
            transaction.Write(chunk.Orders.Length, session => Store(session, chunk));

        changes.Note(transaction, OrderDocuments.Name, chunk.First, chunk.First + chunk.Orders.Length - 1);
        // The saga of a run that was stopped takes no notice.
        await context.Publish(new OrderChunkGenerated(chunk.Run, context.Message.Index, chunk.First, chunk.Vip, chunk.Normal));
    }

    private static void Store(SqliteSession session, GeneratedChunk chunk)
    {
        if (session.Store(chunk) && chunk.Vip > 0)
            session.Enqueue(NewBatch.OfVip(chunk));
    }

    private static async Task StoreOnPostgresAsync(ConsumerTransaction transaction, GeneratedChunk chunk, CancellationToken cancellationToken)
    {
        var isNew = await transaction.RunOnPostgresAsync(connection => connection.StoreAsync(chunk, cancellationToken), cancellationToken);
        if (isNew && chunk.Vip > 0)
            transaction.Enqueue([NewBatch.OfVip(chunk)]);
    }
}
