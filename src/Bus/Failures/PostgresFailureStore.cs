using BusIngest.Bus.Delivery;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Bus.Failures;

/// <summary>Failed messages in PostgreSQL; what is sent again becomes an outgoing message in the transaction that forgets its failure.</summary>
internal sealed class PostgresFailureStore(PostgresDatabase database, IOutgoing outgoing, TimeProvider time) : IFailureStore
{
    public Task KeepAsync(FailedMessage failed, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        batch.Keep(failed);
        return database.ExecuteAsync(batch, cancellationToken);
    }

    public async Task SendAgainAsync(IReadOnlyList<FailedMessage> batch, CancellationToken cancellationToken)
    {
        var sent = batch.Select(failed => failed.SentAgainAt(time.GetUtcNow())).ToList();
        var statements = new PostgresBatch();
        statements.AddOutgoing(sent);
        statements.DeleteFailures(batch.Select(failed => failed.Id));
        await database.ExecuteAsync(statements, cancellationToken);
        outgoing.Announce(sent);
    }

    /// <summary>The row is deleted first: of two who send it, the second one waits, and finds it gone.</summary>
    public async Task<bool> SendAgainAsync(FailedMessage failed, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var deletion = new PostgresBatch();
        deletion.DeleteFailures([failed.Id]).Check(rows => deleted = rows);
        await using var unit = new PostgresUnit(database);
        await unit.ExecuteAsync(deletion, cancellationToken);
        if (deleted == 0)
            return false;

        List<InboxEntry> sent = [failed.SentAgainAt(time.GetUtcNow())];
        var addition = new PostgresBatch();
        addition.AddOutgoing(sent);
        await unit.ExecuteAsync(addition, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        outgoing.Announce(sent);
        return true;
    }

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var batch = new PostgresBatch();
        batch.DeleteFailures([id]).Check(rows => deleted = rows);
        await database.ExecuteAsync(batch, cancellationToken);
        return deleted == 1;
    }
}
