using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage.Postgres;
using MassTransit;

namespace BusIngest.Bus.Sagas;

/// <summary>
/// The sagas of one kind in PostgreSQL. An event locks its saga's row from its being read to the commit, so that events in several processes
/// take turns too; within a process they do before they ask for a connection, or a busy saga would use up the pool.
/// </summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class PostgresSagaStore<TSaga>(PostgresDatabase database, DocumentSagaOptions<TSaga> options, TimeProvider time) : ISagaStore<TSaga>
    where TSaga : class, ISagaDocument
{
    private readonly SagaSlots _slots = new();

    /// <summary>How sagas are kept.</summary>
    public DocumentSagaOptions<TSaga> Options => options;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    public async Task<ISagaTurn<TSaga>> EnterAsync(Guid correlationId, ConsumeContext context, string eventName)
    {
        var slot = await _slots.EnterAsync(correlationId, context.CancellationToken);
        var turn = new PostgresSagaTurn<TSaga>(this, slot, correlationId, context, eventName);
        context.Transaction().Join(turn);
        return turn;
    }

    /// <summary>Ends a turn.</summary>
    public void Leave(Guid correlationId, SagaSlot slot)
    {
        slot.Release();
        _slots.Leave(correlationId, slot);
    }

    public async Task<TSaga?> ReadAsync(Guid correlationId, CancellationToken cancellationToken)
    {
        await using var unit = new PostgresUnit(database);
        var snapshot = await unit.FindSagaAsync(options.Kind, correlationId, locks: false, cancellationToken);
        return snapshot.Exists ? options.Deserialize(snapshot) : null;
    }
}
