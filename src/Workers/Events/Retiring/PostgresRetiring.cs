using BusIngest.Bus.Storage.Postgres;
using BusIngest.Workers.Events.Packing;
using BusIngest.Workers.Events.Storing;
using Npgsql;

namespace BusIngest.Workers.Events.Retiring;

/// <inheritdoc />
/// <remarks>By whole months: their partitions are dropped, or emptied by a role that may not drop them. Several processes may be at it.</remarks>
internal sealed class PostgresRetiring(PostgresDatabase database) : IRetiring
{
    private const int RowsAtOnce = 5_000;

    private const string FindMonths = """
        SELECT child.relname, pg_has_role(child.relowner, 'USAGE') FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = 'events'::regclass AND child.relname < $1 ORDER BY 1
        """;

    private const string DeleteBuckets = """
        DELETE FROM event_buckets WHERE key = ANY (ARRAY (
            SELECT bucket.key FROM event_accounts AS account CROSS JOIN LATERAL (
                SELECT key FROM event_buckets
                WHERE key >= account.ref::bigint << 36 AND key < (account.ref::bigint << 36) + ($1 << 16) LIMIT $2) AS bucket
            LIMIT $2))
        """;

    private const string DeleteIds =
        "DELETE FROM event_keys WHERE ctid = ANY (ARRAY (SELECT ctid FROM event_keys WHERE month < $1 LIMIT $2 FOR UPDATE SKIP LOCKED))";

    private Month _done;

    public async Task RetireAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var month = Month.Of(before);
        if (month.Number <= _done.Number)
            return;

        var keep = new PostgresBatch();
        keep.Add("UPDATE event_state SET kept_from = $1 WHERE id = 1 AND kept_from < $1").Bind(month.Start);
        await database.ExecuteAsync(keep, cancellationToken);
        foreach (var (table, isOwn) in await FindMonthsAsync(month, cancellationToken))
        {
            if (isOwn)
                await DropAsync(table, cancellationToken);
            else
                await EmptyAsync(table, month, cancellationToken);
        }

        await EmptyAsync(Month.Others, month, cancellationToken);
        var hour = month.Start.ToUnixTimeMilliseconds() / BucketKey.HourMs;
        await DeleteAsync(command => command.Bind(hour).Bind(RowsAtOnce), DeleteBuckets, cancellationToken);
        await DeleteAsync(command => command.Bind(month.Number).Bind(RowsAtOnce), DeleteIds, cancellationToken);
        _done = month;
    }

    private async Task<List<(string Table, bool IsOwn)>> FindMonthsAsync(Month before, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(
            async () =>
            {
                await using var find = new NpgsqlCommand(FindMonths, connection);
                find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = before.Table });
                await using var rows = await find.ExecuteReaderAsync(cancellationToken);
                var tables = new List<(string, bool)>();
                while (await rows.ReadAsync(cancellationToken))
                    tables.Add((rows.GetString(0), rows.GetBoolean(1)));
                return tables;
            },
            cancellationToken);
    }

    /// <summary>It has to wait for whoever stores, and everybody who stores for it: rather than for long, another time.</summary>
    private async Task DropAsync(string table, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        batch.Add("SET LOCAL lock_timeout = '2s'");
        batch.Add($"DROP TABLE IF EXISTS {table}");
        await database.ExecuteAsync(batch, cancellationToken);
    }

    private Task EmptyAsync(string table, Month before, CancellationToken cancellationToken) => DeleteAsync(
        command => command.Bind(before.Start).Bind(RowsAtOnce),
        $"DELETE FROM {table} WHERE ctid = ANY (ARRAY (SELECT ctid FROM {table} WHERE timestamp < $1 LIMIT $2 FOR UPDATE SKIP LOCKED))",
        cancellationToken);

    private async Task DeleteAsync(Action<PostgresCommand> bind, string sql, CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            deleted = 0;
            var batch = new PostgresBatch();
            var command = batch.Add(sql);
            bind(command);
            command.Check(rows => deleted = rows);
            await database.ExecuteAsync(batch, cancellationToken);
            await Task.Yield();
        }
        while (deleted > 0);
    }
}
