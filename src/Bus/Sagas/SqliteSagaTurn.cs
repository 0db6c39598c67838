using System.Text.Json;
using BusIngest.Bus.Delivery;
using MassTransit;

namespace BusIngest.Bus.Sagas;

/// <summary>One event's turn at a saga: it alone reads and changes it until its transaction is queued.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class SqliteSagaTurn<TSaga>(
    SqliteSagaStore<TSaga> store, SagaSlot slot, Guid correlationId, ConsumeContext context, string eventName)
    : ISagaTurn<TSaga>, ITransactionParticipant
    where TSaga : class, ISagaDocument
{
    private SagaSnapshot _before = SagaSnapshot.None;
    private SagaSnapshot? _after;
    private int _epoch;
    private bool _released;
    private bool _uncommitted;
    private bool _confirms;

    /// <summary>Reads the saga; null when there is none.</summary>
    public ValueTask<TSaga?> LoadAsync()
    {
        (var latest, _epoch) = slot.Current;
        _before = latest ?? store.Read(correlationId);
        _uncommitted = latest is not null;
        if (_before.Exists)
            return new(store.Deserialize(_before));

        Leave();
        return new((TSaga?)null);
    }

    /// <summary>
    /// For an event that leaves the saga as it is: if what it went by was not committed when it was read, and turns out void, the
    /// event must be tried again all the same, or it would be settled by a state that never was.
    /// </summary>
    public void Leave()
    {
        if (!_uncommitted)
            return;

        _confirms = true;
        var version = _before.Version;
        context.Transaction().Write(0, session => store.Confirm(session, correlationId, version));
    }

    /// <summary>Keeps the saga as it is now, with the transaction.</summary>
    public ValueTask<bool> SaveAsync(TSaga saga)
    {
        var after = new SagaSnapshot(_before.Version + 1, saga.CurrentState, JsonSerializer.SerializeToUtf8Bytes(saga, store.Json));
        // An event that was ignored, say.
        if (_before.Exists && after.Document.Span.SequenceEqual(_before.Document.Span))
        {
            Leave();
            return new(false);
        }

        _after = after;
        var step = new SagaStep(eventName, context.MessageId!.Value, _before, after);
        context.Transaction().Write(2, session => store.Write(session, correlationId, step));
        return new(true);
    }

    /// <summary>Deletes the saga, with the transaction.</summary>
    public ValueTask DeleteAsync()
    {
        _after = SagaSnapshot.None;
        var version = _before.Version;
        if (version > 0)
            context.Transaction().Write(2, session => store.Delete(session, correlationId, version));
        return ValueTask.CompletedTask;
    }

    /// <summary>The next event may go on: its transaction will be queued behind this one, and is void if this one is.</summary>
    public void Queued()
    {
        if (_after is { } after)
            slot.Note(after, _epoch);
        if (!slot.IsCareful)
            Release();
    }

    /// <inheritdoc />
    public void Ended(bool committed)
    {
        if (committed)
            slot.Settle();
        else if (_after is not null || _confirms)
            slot.Void();
        Release();
        store.Leave(correlationId, slot);
    }

    private void Release()
    {
        if (_released)
            return;
        _released = true;
        slot.Release();
    }
}
