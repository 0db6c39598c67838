using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using MassTransit;

namespace BusIngest.Bus.Sagas.Remote;

/// <summary>One event's turn at a saga on a server of its own, until its transaction ends. Events in other processes don't wait: of two writers one finds another version.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class RemoteSagaTurn<TSaga>(
    RemoteSagaStore<TSaga> store, SagaSlot slot, Guid correlationId, ConsumeContext context, string eventName)
    : ISagaTurn<TSaga>, ITransactionParticipant
    where TSaga : class, ISagaDocument
{
    private readonly Guid _messageId = context.MessageId!.Value;
    private SagaSnapshot _before = SagaSnapshot.None;
    private long _expected;
    private bool _isAgain;

    private string Kind => store.Options.Kind;

    /// <inheritdoc />
    public async ValueTask<TSaga?> LoadAsync()
    {
        var saga = await store.Sagas.FindAsync(Kind, correlationId, context.CancellationToken);
        _isAgain = saga.MessageId == _messageId;
        if (_isAgain)
        {
            // A double may have waited for its turn while the first one committed; tried again, it finds the mark.
            if (await store.HasConsumedAsync(context))
                throw new SagaConflictException(Kind, correlationId, saga.Version);
            (_before, _expected) = (saga.Previous, saga.Version);
        }
        else
        {
            if (saga.MessageId is { } last && !await store.IsSettledAsync(last, saga.ChangedAt, context))
                throw new StorageUnavailableException($"{Kind} {correlationId} waits for message {last}, whose transaction is not committed.");
            (_before, _expected) = (saga.Current, saga.Current.Version);
        }

        return _before.Exists ? store.Options.Deserialize(_before) : null;
    }

    /// <inheritdoc />
    public async ValueTask<bool> SaveAsync(TSaga saga)
    {
        await MeetDeadlineAsync();
        var after = new SagaSnapshot(_before.Version + 1, saga.CurrentState, store.Options.Serialize(saga));
        // An event that was ignored, say. One that comes again must write all the same: it may not have been durable the last time.
        if (!_isAgain && _before.Exists && after.Document.Span.SequenceEqual(_before.Document.Span))
            return false;

        Expect(await store.Sagas.SaveAsync(
            Kind, correlationId, _expected, new SagaStep(eventName, _messageId, _before, after), context.CancellationToken));
        return true;
    }

    /// <inheritdoc />
    public async ValueTask DeleteAsync()
    {
        await MeetDeadlineAsync();
        if (_expected > 0)
            Expect(await store.Sagas.DeleteAsync(Kind, correlationId, _expected, _messageId, context.CancellationToken));
    }

    /// <inheritdoc />
    public void Leave()
    {
        // What was read was durable.
    }

    /// <inheritdoc />
    public void Queued()
    {
        // The turn lasts until the commit, or the next event would only look for this one's mark.
    }

    /// <inheritdoc />
    public void Ended(bool committed) => store.Leave(correlationId, slot);

    /// <summary>The state is written first, and decides: what was begun in time is finished, also when it comes again.</summary>
    private async ValueTask MeetDeadlineAsync()
    {
        if (!_isAgain)
            await store.ThrowIfPastAsync(context.Transaction().Deadline);
        context.Transaction().MeetDeadline();
    }

    private void Expect(bool written)
    {
        if (!written)
            throw new SagaConflictException(Kind, correlationId, _expected);
    }
}
