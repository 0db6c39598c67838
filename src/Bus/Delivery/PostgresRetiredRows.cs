using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Bus.Delivery;

/// <inheritdoc />
internal sealed class PostgresRetiredRows(PostgresDatabase database) : IRetiredRows
{
    public Task<int> DeleteMarksAsync(DateTimeOffset olderThan, int limit, CancellationToken cancellationToken) =>
        DeleteAsync("consumed_messages", "consumed_at", olderThan, limit, cancellationToken);

    public Task<int> DeleteKeysAsync(DateTimeOffset olderThan, int limit, CancellationToken cancellationToken) =>
        DeleteAsync("idempotency_keys", "claimed_at", olderThan, limit, cancellationToken);

    /// <summary>Several processes may be at it: each takes rows that no other has.</summary>
    private async Task<int> DeleteAsync(string table, string column, DateTimeOffset olderThan, int limit, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var batch = new PostgresBatch();
        batch
            .Add($"""
                DELETE FROM {table} WHERE ctid = ANY (ARRAY
                    (SELECT ctid FROM {table} WHERE {column} < $1 ORDER BY {column} LIMIT $2 FOR UPDATE SKIP LOCKED))
                """)
            .Bind(olderThan).Bind(limit).Check(rows => deleted = rows);
        await database.ExecuteAsync(batch, cancellationToken);
        return deleted;
    }
}
