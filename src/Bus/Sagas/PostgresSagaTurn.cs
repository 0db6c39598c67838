using BusIngest.Bus.Delivery;
using MassTransit;

namespace BusIngest.Bus.Sagas;

/// <summary>One event's turn at a saga in PostgreSQL, until its transaction ends.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class PostgresSagaTurn<TSaga>(
    PostgresSagaStore<TSaga> store, SagaSlot slot, Guid correlationId, ConsumeContext context, string eventName)
    : ISagaTurn<TSaga>, ITransactionParticipant
    where TSaga : class, ISagaDocument
{
    private SagaSnapshot _before = SagaSnapshot.None;

    /// <inheritdoc />
    public async ValueTask<TSaga?> LoadAsync()
    {
        var row = await context.Transaction().Unit.FindSagaAsync(store.Options.Kind, correlationId, locks: true, context.CancellationToken);
        if (!row.Exists)
            return null;

        var saga = store.Options.Deserialize(row);
        // The database writes a document in its own way: what is compared is how we do.
        _before = row with { Document = store.Options.Serialize(saga) };
        return saga;
    }

    /// <inheritdoc />
    public ValueTask<bool> SaveAsync(TSaga saga)
    {
        var after = new SagaSnapshot(_before.Version + 1, saga.CurrentState, store.Options.Serialize(saga));
        // An event that was ignored, say.
        if (_before.Exists && after.Document.Span.SequenceEqual(_before.Document.Span))
            return new(false);

        var (kind, now) = (store.Options.Kind, store.Time.GetUtcNow());
        var step = new SagaStep(eventName, context.MessageId!.Value, _before, after);
        context.Transaction().WritePostgres(2, batch => batch.WriteSaga(kind, correlationId, step, now));
        return new(true);
    }

    /// <inheritdoc />
    public ValueTask DeleteAsync()
    {
        var (kind, version) = (store.Options.Kind, _before.Version);
        if (version > 0)
            context.Transaction().WritePostgres(2, batch => batch.DeleteSaga(kind, correlationId, version));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public void Leave()
    {
        // The row is locked: what was read is what is there.
    }

    /// <inheritdoc />
    public void Queued()
    {
        // The turn lasts until the commit, as other processes wait for it too.
    }

    /// <inheritdoc />
    public void Ended(bool committed) => store.Leave(correlationId, slot);
}
