using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Bus.Delivery;

/// <summary>Commits in `busingest.db`: each transaction is one piece of work for the writer, which commits many at once.</summary>
internal sealed class SqliteConsumerStore(MainDatabase database, OutgoingMessages outgoing, TimeProvider time) : IConsumerStore
{
    public bool IsPostgres => false;

    public PostgresUnit BeginUnit() => throw new InvalidOperationException("The database is SQLite.");

    public ValueTask<bool> HasConsumedAsync(ConsumerTransaction transaction, CancellationToken cancellationToken) =>
        new(database.Readers.Read(session => session.IsMarked(transaction.MessageId, transaction.Endpoint)));

    public async Task<bool> CommitAsync(ConsumerTransaction transaction, CancellationToken cancellationToken)
    {
        var committing = await database.Writer.EnqueueAsync(transaction.Rows, session => Apply(session, transaction), cancellationToken);
        foreach (var participant in transaction.Participants)
            participant.Queued();
        return await committing;
    }

    private bool Apply(SqliteSession session, ConsumerTransaction transaction)
    {
        transaction.Deadline?.ThrowIfPast(time.GetUtcNow());
        var first = session.Mark(transaction.MessageId, transaction.Endpoint, time.GetUtcNow());
        foreach (var effect in first ? transaction.Effects : transaction.EffectsIfRepeated)
            effect.Apply(session);
        if (!first)
            return false;

        foreach (var step in transaction.ScheduleSteps)
        {
            if (step.Entry is { } entry)
                session.Schedule(entry);
            else
                session.Unschedule(step.Token);
        }

        foreach (var message in transaction.Outgoing)
            outgoing.Append(session, message);
        return true;
    }
}
