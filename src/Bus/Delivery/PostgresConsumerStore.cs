using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Bus.Delivery;

/// <summary>Commits in PostgreSQL: each transaction on a connection of its own, its statements in one round trip and the commit's.</summary>
internal sealed class PostgresConsumerStore(PostgresDatabase database, TimeProvider time) : IConsumerStore
{
    public bool IsPostgres => true;

    public PostgresUnit BeginUnit() => new(database);

    public async ValueTask<bool> HasConsumedAsync(ConsumerTransaction transaction, CancellationToken cancellationToken) =>
        await database.IsMarkedAsync(transaction.MessageId, transaction.Endpoint, cancellationToken);

    public async Task<bool> CommitAsync(ConsumerTransaction transaction, CancellationToken cancellationToken)
    {
        var repeated = false;
        var batch = new PostgresBatch();
        batch.Mark(transaction.MessageId, transaction.Endpoint, time.GetUtcNow()).Check(marked => ThrowIfRepeated(marked));
        foreach (var effect in transaction.Effects)
            effect.Apply(batch);
        AddSchedule(batch, transaction.ScheduleSteps);
        batch.AddOutgoing(transaction.Outgoing);
        transaction.Deadline?.Check(batch);
        try
        {
            await transaction.Unit.ExecuteAsync(batch, cancellationToken);
            await transaction.Unit.CommitAsync(cancellationToken);
        }
        catch (RepeatedMessageException)
        {
            repeated = true;
        }
        catch (PostgresException)
        {
            // What the other delivery has written may be what stood in this one's way.
            await transaction.ReleaseAsync();
            if (!await HasConsumedAsync(transaction, cancellationToken))
                throw;
            repeated = true;
        }

        await transaction.ReleaseAsync();
        if (repeated)
            await CommitRepeatedAsync(transaction, cancellationToken);
        return !repeated;
    }

    private static void AddSchedule(PostgresBatch batch, IReadOnlyList<ScheduleStep> steps)
    {
        foreach (var step in steps)
        {
            if (step.Entry is { } entry)
                batch.Schedule(entry);
            else
                batch.Unschedule(step.Token);
        }
    }

    private static void ThrowIfRepeated(int marked)
    {
        if (marked == 0)
            throw new RepeatedMessageException();
    }

    private async Task CommitRepeatedAsync(ConsumerTransaction transaction, CancellationToken cancellationToken)
    {
        if (transaction.EffectsIfRepeated.Count == 0)
            return;

        var batch = new PostgresBatch();
        foreach (var effect in transaction.EffectsIfRepeated)
            effect.Apply(batch);
        await database.ExecuteAsync(batch, cancellationToken);
    }

    /// <summary>Undoes a transaction whose message has its mark.</summary>
    private sealed class RepeatedMessageException() : Exception("The message was consumed before.");
}
