using System.Text.Json.Serialization.Metadata;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using MassTransit;

namespace BusIngest.Bus.Sagas;

/// <summary>
/// The sagas of one kind. Events of one saga take turns, and the next one goes on from what the last one made of it as soon as that
/// is queued to be written, so that many of them share a commit. (Early lock release: DeWitt et al., Implementation techniques for
/// main memory database systems, 1984.) Every write expects the version it went by; if an earlier event's commit fails, those
/// that built on it fail too, and are tried again.
/// </summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class SqliteSagaStore<TSaga>(MainDatabase database, DocumentSagaOptions<TSaga> options, TimeProvider time) : ISagaStore<TSaga>
    where TSaga : class, ISagaDocument
{
    private readonly SagaSlots _slots = new();

    /// <summary>How a saga is written.</summary>
    public JsonTypeInfo<TSaga> Json => options.Json;

    /// <summary>How many sagas have events in hand.</summary>
    internal int InHand => _slots.Count;

    public async Task<ISagaTurn<TSaga>> EnterAsync(Guid correlationId, ConsumeContext context, string eventName)
    {
        var slot = await _slots.EnterAsync(correlationId, context.CancellationToken);
        var turn = new SqliteSagaTurn<TSaga>(this, slot, correlationId, context, eventName);
        context.Transaction().Join(turn);
        return turn;
    }

    /// <summary>Ends a stay.</summary>
    public void Leave(Guid correlationId, SagaSlot slot) => _slots.Leave(correlationId, slot);

    public Task<TSaga?> ReadAsync(Guid correlationId, CancellationToken cancellationToken)
    {
        var snapshot = Read(correlationId);
        return Task.FromResult(snapshot.Exists ? options.Deserialize(snapshot) : null);
    }

    /// <summary>Reads a saga as it is on disk.</summary>
    public SagaSnapshot Read(Guid correlationId) => database.Readers.Read(session => session.FindSaga(options.Kind, correlationId));

    /// <summary>The saga of a snapshot.</summary>
    public TSaga Deserialize(SagaSnapshot snapshot) => options.Deserialize(snapshot);

    /// <summary>Writes what an event made of a saga, on the writer.</summary>
    /// <exception cref="SagaConflictException">The saga is not as the event found it.</exception>
    public void Write(SqliteSession session, Guid correlationId, SagaStep step)
    {
        var now = time.GetUtcNow();
        var written = step.Before.Exists
            ? session.UpdateSaga(options.Kind, correlationId, step.After, now)
            : session.InsertSaga(options.Kind, correlationId, step.After, now);
        if (!written)
            throw new SagaConflictException(options.Kind, correlationId, step.Before.Version);

        if (!string.Equals(step.Before.State, step.After.State, StringComparison.Ordinal))
            session.InsertTransition(options.Kind, correlationId, step, now);
    }

    /// <summary>Makes sure that a saga is as an event found it, on the writer.</summary>
    /// <exception cref="SagaConflictException">It is not.</exception>
    public void Confirm(SqliteSession session, Guid correlationId, long version)
    {
        if (session.FindSaga(options.Kind, correlationId).Version != version)
            throw new SagaConflictException(options.Kind, correlationId, version);
    }

    /// <summary>Deletes a saga, on the writer.</summary>
    /// <exception cref="SagaConflictException">The saga is not as the event found it.</exception>
    public void Delete(SqliteSession session, Guid correlationId, long version)
    {
        if (!session.DeleteSaga(options.Kind, correlationId, version))
            throw new SagaConflictException(options.Kind, correlationId, version);
    }
}
