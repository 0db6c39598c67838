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
        List<InboxEntry> sent = [failed.SentAgainAt(time.GetUtcNow())];
        var statements = new PostgresBatch();
        statements.DeleteFailures([failed.Id]).Check(rows =>
        {
            if (rows == 0)
                throw new FailureGoneException();
        });
        statements.AddOutgoing(sent);
        try
        {
            await database.ExecuteAsync(statements, cancellationToken);
        }
        catch (FailureGoneException)
        {
            return false;
        }

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

    /// <summary>Undoes the transaction.</summary>
    private sealed class FailureGoneException : Exception;
}
