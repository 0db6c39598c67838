using BusIngest.Bus.Copies;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Orders;
using BusIngest.Workers.Orders.Copies;
using BusIngest.Workers.Orders.Recording;
using BusIngest.Workers.Orders.Storage;
using MassTransit;

namespace BusIngest.Workers.Orders.Processing;

/// <summary>
/// Processes a batch of orders and settles it, in one transaction that counts only as long as nobody else has taken the batch. An order that
/// the database refuses fails the batch, which is tried again; at the last try it alone is given up, and its neighbours are processed.
/// </summary>
/// <typeparam name="TMessage">Says which batch, of one of the two priorities.</typeparam>
internal abstract class ProcessOrdersConsumer<TMessage>(BatchClaims claims, DocumentChanges changes, RetryOptions retry, TimeProvider time)
    : IConsumer<TMessage>
    where TMessage : class, IOrderBatchMessage
{
    public async Task Consume(ConsumeContext<TMessage> context)
    {
        if (await claims.TryAsync(context.Message, context.CancellationToken) is not { } claimed)
            return;

        var isLastTry = context.GetRetryAttempt() >= retry.Count;
        var transaction = context.Transaction();
        if (transaction.IsPostgres)
            await ProcessOnPostgresAsync(transaction, claimed.Processing(time), isLastTry, context.CancellationToken);
        else
            transaction.Write(claimed.Batch.Size, session => Process(session, claimed.Processing(time), isLastTry));

        changes.Note(transaction, OrderDocuments.Name, claimed.Batch.First, claimed.Batch.Last);
        // Orders that are tried again by hand hold nobody up.
        if (claimed.IsAgain)
            transaction.CountRun(claimed.Batch.Run);
        else
            await context.Publish(new OrdersProcessed(claimed.Batch.Run, claimed.Batch.First, claimed.Priority, claimed.Batch.Size));
    }

    private static void Process(SqliteSession session, ClaimedBatch claimed, bool isLastTry)
    {
        var result = isLastTry ? session.ProcessEach(claimed) : session.ProcessAll(claimed);
        if (!session.Settle(claimed, result))
            throw new BatchTakenException();
        if (result.Failed > 0)
            session.Log(OrderLog.OfFailure(claimed, result));
    }

    private static async Task ProcessOnPostgresAsync(
        ConsumerTransaction transaction, ClaimedBatch claimed, bool isLastTry, CancellationToken cancellationToken)
    {
        var result = await transaction.RunOnPostgresAsync(
            connection => isLastTry ? connection.ProcessEachAsync(claimed, cancellationToken) : connection.ProcessAllAsync(claimed, cancellationToken),
            cancellationToken);
        transaction.Write(
            1,
            session => session.Settle(claimed, result),
            batch =>
            {
                batch.Settle(claimed, result).Check(rows =>
                {
                    if (rows == 0)
                        throw new BatchTakenException();
                });
                if (result.Failed > 0)
                    batch.Log(OrderLog.OfFailure(claimed, result));
            });
    }
}
