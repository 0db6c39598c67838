using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Bus.Idempotency;

/// <summary>Idempotency keys in PostgreSQL.</summary>
internal sealed class PostgresKeyStore(PostgresDatabase database) : IKeyStore
{
    /// <summary>The statement of a second taker waits for the first one's commit, and sees its row.</summary>
    private const string Take = """
        INSERT INTO idempotency_keys (key, fingerprint, seed, claimed_at) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING
        """;

    private const string Find = "SELECT fingerprint, seed, status, answer FROM idempotency_keys WHERE key = $1";

    public async Task<IdempotencyClaim> ClaimAsync(string key, string fingerprint, Guid seed, DateTimeOffset now)
    {
        var batch = new PostgresBatch();
        batch.Add(Take).Bind(key).Bind(fingerprint).Bind(seed).Bind(now);
        await database.ExecuteAsync(batch, CancellationToken.None);
        await using var connection = await database.OpenAsync(CancellationToken.None);
        return await database.GuardAsync(() => ReadAsync(connection, key, fingerprint), CancellationToken.None);
    }

    public Task ReleaseAsync(string key)
    {
        var batch = new PostgresBatch();
        batch.Add("DELETE FROM idempotency_keys WHERE key = $1 AND status IS NULL").Bind(key);
        return database.ExecuteAsync(batch, CancellationToken.None);
    }

    public Task SaveAnswerAsync(string key, IdempotentAnswer answer)
    {
        var batch = new PostgresBatch();
        batch.Add("UPDATE idempotency_keys SET status = $2, answer = $3 WHERE key = $1 AND status IS NULL")
            .Bind(key).Bind(answer.Status).Bind(answer.Body);
        return database.ExecuteAsync(batch, CancellationToken.None);
    }

    private static async Task<IdempotencyClaim> ReadAsync(NpgsqlConnection connection, string key, string fingerprint)
    {
        await using var command = new NpgsqlCommand(Find, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        await using var row = await command.ExecuteReaderAsync();
        // Housekeeping may have deleted an old one in between.
        if (!await row.ReadAsync())
            return new IdempotencyClaim(Matches: false, Guid.Empty, Answer: null);

        return new IdempotencyClaim(
            string.Equals(row.GetString(0), fingerprint, StringComparison.Ordinal),
            row.GetGuid(1),
            await row.IsDBNullAsync(2) ? null : new IdempotentAnswer(row.GetInt32(2), row.GetFieldValue<byte[]>(3)));
    }
}
