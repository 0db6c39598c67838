using BusIngest.Bus.Delivery;
using MassTransit;

namespace BusIngest.Bus.Sagas.Redis;

/// <summary>
/// The sagas of one kind in Redis. A saga's state and the transaction of its event's message are two commits, the state first. An event that comes
/// again after a crash in between finds that it was the last, and is run again on the state before; see docs/redis.md for what that can't do.
/// </summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class RedisSagaStore<TSaga>(RedisSagaHashes sagas, ConsumerInbox inbox, DocumentSagaOptions<TSaga> options) : ISagaStore<TSaga>
    where TSaga : class, ISagaDocument
{
    private readonly SagaSlots _slots = new();

    /// <summary>How sagas are kept.</summary>
    public DocumentSagaOptions<TSaga> Options => options;

    /// <summary>Where they are kept.</summary>
    public RedisSagaHashes Sagas => sagas;

    public async Task<ISagaTurn<TSaga>> EnterAsync(Guid correlationId, ConsumeContext context, string eventName)
    {
        var slot = await _slots.EnterAsync(correlationId, context.CancellationToken);
        var turn = new RedisSagaTurn<TSaga>(this, slot, correlationId, context, eventName);
        context.Transaction().Join(turn);
        return turn;
    }

    /// <summary>Ends a turn.</summary>
    public void Leave(Guid correlationId, SagaSlot slot)
    {
        slot.Release();
        _slots.Leave(correlationId, slot);
    }

    /// <summary>Whether the event's message was consumed since it came.</summary>
    public ValueTask<bool> HasConsumedAsync(ConsumeContext context) => inbox.HasConsumedAsync(context.Transaction(), context.CancellationToken);

    public async Task<TSaga?> ReadAsync(Guid correlationId, CancellationToken cancellationToken)
    {
        var saga = await sagas.FindAsync(options.Kind, correlationId, cancellationToken);
        return saga.Current.Exists ? options.Deserialize(saga.Current) : null;
    }
}
