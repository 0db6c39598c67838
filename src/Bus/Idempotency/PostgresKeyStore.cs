using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Bus.Idempotency;

/// <summary>Idempotency keys in PostgreSQL.</summary>
internal sealed class PostgresKeyStore(PostgresDatabase database) : IKeyStore
{
    /// <summary>The statement of a second taker waits for the first one's commit, and sees its row.</summary>
    private const string Take = """
        INSERT INTO idempotency_keys (key, fingerprint, seed, claimed_at, owner, held_until) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, held_until = excluded.held_until
        WHERE idempotency_keys.status IS NULL AND idempotency_keys.fingerprint = excluded.fingerprint
            AND (idempotency_keys.held_until IS NULL OR idempotency_keys.held_until < excluded.claimed_at)
        """;

    private const string Find = "SELECT fingerprint, seed, owner, status, answer, head FROM idempotency_keys WHERE key = $1";

    public async Task<IdempotencyClaim> ClaimAsync(KeyTake take)
    {
        var batch = new PostgresBatch();
        batch.Add(Take).Bind(take.Key).Bind(take.Fingerprint).Bind(take.Seed).Bind(take.Now).Bind(take.Owner).Bind(take.HeldUntil);
        await database.ExecuteAsync(batch, CancellationToken.None);
        return await ReadAsync(take.Key, take.Meet)
            // It was given back, or housekeeping deleted an old one, in between: whoever asks again may take it.
            ?? take.Meet(take.Fingerprint, Guid.Empty, owner: null, answer: null);
    }

    public async Task<(string Fingerprint, IdempotentAnswer Answer)?> FindAnswerAsync(string key)
    {
        var row = await ReadAsync(key, static (fingerprint, _, _, answer) => Tuple.Create(fingerprint, answer));
        return row?.Item2 is { } answer ? (row.Item1, answer) : null;
    }

    public Task ReleaseAsync(string key, Guid owner)
    {
        var batch = new PostgresBatch();
        batch.Add("DELETE FROM idempotency_keys WHERE key = $1 AND owner = $2 AND status IS NULL").Bind(key).Bind(owner);
        return database.ExecuteAsync(batch, CancellationToken.None);
    }

    public Task RenewAsync(string key, Guid owner, DateTimeOffset until)
    {
        var batch = new PostgresBatch();
        batch.Add("UPDATE idempotency_keys SET held_until = $3 WHERE key = $1 AND owner = $2 AND status IS NULL").Bind(key).Bind(owner).Bind(until);
        return database.ExecuteAsync(batch, CancellationToken.None);
    }

    public Task SaveAnswerAsync(string key, IdempotentAnswer answer)
    {
        var batch = new PostgresBatch();
        batch.Add("UPDATE idempotency_keys SET status = $2, answer = $3, head = $4 WHERE key = $1 AND status IS NULL")
            .Bind(key).Bind(answer.Status).Bind(answer.Body).Bind(answer.Head);
        return database.ExecuteAsync(batch, CancellationToken.None);
    }

    private async Task<T?> ReadAsync<T>(string key, Func<string, Guid, Guid?, IdempotentAnswer?, T> read)
        where T : class
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        return await database.GuardAsync(() => ReadAsync(connection, key, read), CancellationToken.None);
    }

    private static async Task<T?> ReadAsync<T>(NpgsqlConnection connection, string key, Func<string, Guid, Guid?, IdempotentAnswer?, T> read)
        where T : class
    {
        await using var command = new NpgsqlCommand(Find, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        await using var row = await command.ExecuteReaderAsync();
        if (!await row.ReadAsync())
            return null;

        var answer = await row.IsDBNullAsync(3)
            ? null
            : new IdempotentAnswer(row.GetInt32(3), row.GetFieldValue<byte[]>(4), await row.IsDBNullAsync(5) ? null : row.GetString(5));
        return read(row.GetString(0), row.GetGuid(1), await row.IsDBNullAsync(2) ? null : row.GetGuid(2), answer);
    }
}
