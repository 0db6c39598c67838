using BusIngest.Bus.Delivery;
using BusIngest.Bus.Requests;
using MassTransit;

namespace BusIngest.Bus.Sagas.Remote;

/// <summary>
/// The sagas of one kind on a server of their own. A saga's state and the transaction of its event's message are two commits, the state first. An event that comes
/// again after a crash in between finds that it was the last, and is run again on the state before. Until it has come, no other event may change the
/// saga, but not for ever; docs/redis.md says what that means.
/// </summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class RemoteSagaStore<TSaga>(
    IRemoteSagas sagas, ConsumerInbox inbox, DocumentSagaOptions<TSaga> options, SharedClock clock, TimeProvider time)
    : ISagaStore<TSaga>
    where TSaga : class, ISagaDocument
{
    /// <summary>How often the mark of a saga's last event is looked for before the next one has to come again: the other may be about to commit.</summary>
    private const int Looks = 5;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>For how long a saga waits for its last event to come again. It may have been given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SagaSlots _slots = new();

    /// <summary>How sagas are kept.</summary>
    public DocumentSagaOptions<TSaga> Options => options;

    /// <summary>Where they are kept.</summary>
    public IRemoteSagas Sagas => sagas;

    public async Task<ISagaTurn<TSaga>> EnterAsync(Guid correlationId, ConsumeContext context, string eventName)
    {
        var slot = await _slots.EnterAsync(correlationId, context.CancellationToken);
        var turn = new RemoteSagaTurn<TSaga>(this, slot, correlationId, context, eventName);
        context.Transaction().Join(turn);
        return turn;
    }

    /// <summary>Ends a turn.</summary>
    public void Leave(Guid correlationId, SagaSlot slot)
    {
        slot.Release();
        _slots.Leave(correlationId, slot);
    }

    /// <summary>Checks the deadline of a request.</summary>
    /// <exception cref="RequestExpiredException">It is past.</exception>
    public async ValueTask ThrowIfPastAsync(RequestDeadline? deadline)
    {
        if (deadline is not null)
            deadline.ThrowIfPast(await clock.NowAsync());
    }

    /// <summary>Whether the event's message was consumed since it came.</summary>
    public ValueTask<bool> HasConsumedAsync(ConsumeContext context) => inbox.HasConsumedAsync(context.Transaction(), context.CancellationToken);

    /// <summary>Whether the transaction of the saga's last event is committed, or is not waited for any longer.</summary>
    public async ValueTask<bool> IsSettledAsync(Guid lastMessage, DateTimeOffset changedAt, ConsumeContext context)
    {
        var last = inbox.Begin(lastMessage, context.Transaction().Endpoint);
        for (var look = 0; time.GetUtcNow() - changedAt < Patience; look++)
        {
            if (await inbox.HasConsumedAsync(last, context.CancellationToken))
                return true;
            if (look == Looks)
                return false;
            await Task.Delay(BetweenLooks, time, context.CancellationToken);
        }

        return true;
    }

    public async Task<TSaga?> ReadAsync(Guid correlationId, CancellationToken cancellationToken)
    {
        var saga = await sagas.FindAsync(options.Kind, correlationId, cancellationToken);
        return saga.Current.Exists ? options.Deserialize(saga.Current) : null;
    }
}
