using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Idempotency;

/// <summary>The statements of the idempotency keys, over the model of <see cref="Delivery.DeliveryContext"/>.</summary>
internal static class IdempotencyStatements
{
    /// <summary>
    /// Takes a key, or tells who has it. The file is one process's, which lets in one try of a key at a time: whoever has it without an answer was
    /// cut off.
    /// </summary>
    public static IdempotencyClaim Claim(this SqliteSession session, KeyTake take)
    {
        session
            .Statement("""
                INSERT INTO idempotency_keys (key, fingerprint, seed, claimed_at, owner, held_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, held_until = excluded.held_until
                WHERE status IS NULL AND fingerprint = excluded.fingerprint
                """)
            .Bind(1, take.Key).Bind(2, take.Fingerprint).Bind(3, take.Seed).Bind(4, take.Now.ToUnixTimeMilliseconds())
            .Bind(5, take.Owner).Bind(6, take.HeldUntil.ToUnixTimeMilliseconds())
            .Execute();
        var row = session.Statement("SELECT fingerprint, seed, owner, status, answer, head FROM idempotency_keys WHERE key = ?1").Bind(1, take.Key);
        row.Read();
        var claim = take.Meet(row.Text(0)!, Guid.Parse(row.Text(1)!), row.Text(2) is { } owner ? Guid.Parse(owner) : null, Answer(row, 3));
        row.Reset();
        return claim;
    }

    /// <summary>The first answer to a key.</summary>
    public static (string Fingerprint, IdempotentAnswer Answer)? FindAnswer(this SqliteSession session, string key)
    {
        var row = session.Statement("SELECT fingerprint, status, answer, head FROM idempotency_keys WHERE key = ?1").Bind(1, key);
        var found = row.Read() && Answer(row, 1) is { } answer ? (row.Text(0)!, answer) : ((string, IdempotentAnswer)?)null;
        row.Reset();
        return found;
    }

    /// <summary>Keeps the first answer.</summary>
    public static int SaveAnswer(this SqliteSession session, string key, IdempotentAnswer answer) => session
        .Statement("UPDATE idempotency_keys SET status = ?2, answer = ?3, head = ?4 WHERE key = ?1 AND status IS NULL")
        .Bind(1, key).Bind(2, answer.Status).Bind(3, answer.Body.AsSpan()).Bind(4, answer.Head)
        .Execute();

    /// <summary>Forgets a key that has no answer, if this owner has it.</summary>
    public static int Release(this SqliteSession session, string key, Guid owner) => session
        .Statement("DELETE FROM idempotency_keys WHERE key = ?1 AND owner = ?2 AND status IS NULL").Bind(1, key).Bind(2, owner).Execute();

    /// <summary>Deletes keys that are older.</summary>
    /// <returns>How many, at most <paramref name="limit"/>.</returns>
    public static int DeleteKeys(this SqliteSession session, DateTimeOffset olderThan, int limit) => session
        .Statement("""
            DELETE FROM idempotency_keys WHERE rowid IN
                (SELECT rowid FROM idempotency_keys WHERE claimed_at < ?1 ORDER BY claimed_at LIMIT ?2)
            """)
        .Bind(1, olderThan.ToUnixTimeMilliseconds()).Bind(2, limit)
        .Execute();

    private static IdempotentAnswer? Answer(SqliteStatement row, int first) =>
        row.Text(first) is null ? null : new IdempotentAnswer((int)row.Number(first), row.Blob(first + 1).ToArray(), row.Text(first + 2));
}
