using BusIngest.Contracts.Orders;
using BusIngest.Support.Servers;
using Npgsql;

namespace BusIngest.Support.Orders;

/// <summary>The orders in PostgreSQL.</summary>
public sealed class PostgresOrders : IStoredOrders, IAsyncDisposable
{
    private static readonly string Rows = OrderRows.Query(static time => $"(extract(epoch FROM {time}) * 1000)::bigint");

    private readonly NpgsqlDataSource _source;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="databaseUrl">postgresql://user:password@host:port/name.</param>
    public PostgresOrders(string databaseUrl)
    {
        _source = NpgsqlDataSource.Create(DatabaseUrl.Parse(databaseUrl));
    }

    /// <inheritdoc />
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            $"""
            CREATE TABLE IF NOT EXISTS {OrderRows.Notes} (seq bigint NOT NULL);
            CREATE OR REPLACE FUNCTION {OrderRows.Notes}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO {OrderRows.Notes} SELECT new_rows.seq FROM new_rows JOIN old_rows USING (seq)
                WHERE new_rows.status = 'processado' AND (old_rows.status <> 'processado' OR new_rows.processed_at <> old_rows.processed_at);
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER {OrderRows.Notes} AFTER UPDATE ON orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION {OrderRows.Notes}()
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<OrderRows> ReadAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var find = _source.CreateCommand("SELECT run FROM order_runs WHERE id = $1");
        find.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = runId });
        if (await find.ExecuteScalarAsync(cancellationToken) is not long run)
            return new OrderRows();

        await using var command = _source.CreateCommand(Rows);
        command.Parameters.AddWithValue("first", OrderRange.First(run));
        command.Parameters.AddWithValue("last", OrderRange.Last(run));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return OrderRows.Read(row);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
