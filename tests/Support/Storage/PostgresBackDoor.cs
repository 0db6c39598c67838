using System.Diagnostics.CodeAnalysis;
using BusIngest.Support.Servers;
using Npgsql;

namespace BusIngest.Support.Storage;

/// <inheritdoc cref="IBackDoor" />
[SuppressMessage("Security", "CA2100", Justification = "The statements are the tests' own.")]
public sealed class PostgresBackDoor : IBackDoor, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="databaseUrl">postgresql://user:password@host:port/name.</param>
    public PostgresBackDoor(string databaseUrl)
    {
        _source = NpgsqlDataSource.Create(DatabaseUrl.Parse(databaseUrl));
    }

    /// <inheritdoc />
    public string LongAgo => "'epoch'";

    /// <inheritdoc />
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <inheritdoc />
    public Task RefuseAsync(string table, string verb, string condition, CancellationToken cancellationToken) => ExecuteAsync(
        $"""
        CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
        CREATE TRIGGER refused_{table} BEFORE {verb} ON {table} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse()
        """,
        cancellationToken);

    /// <inheritdoc />
    public Task AcceptAsync(string table, CancellationToken cancellationToken) => ExecuteAsync($"DROP TRIGGER refused_{table} ON {table}", cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
