using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Idempotency;

/// <summary>The statements of the idempotency keys, over the model of <see cref="Delivery.DeliveryContext"/>.</summary>
internal static class IdempotencyStatements
{
    /// <summary>Takes a key, or tells who has it.</summary>
    public static IdempotencyClaim Claim(this SqliteSession session, string key, string fingerprint, Guid seed, DateTimeOffset now)
    {
        session
            .Statement("INSERT OR IGNORE INTO idempotency_keys (key, fingerprint, seed, claimed_at) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, key).Bind(2, fingerprint).Bind(3, seed).Bind(4, now.ToUnixTimeMilliseconds())
            .Execute();
        var row = session.Statement("SELECT fingerprint, seed, status, answer FROM idempotency_keys WHERE key = ?1").Bind(1, key);
        row.Read();
        var claim = new IdempotencyClaim(
            string.Equals(row.Text(0), fingerprint, StringComparison.Ordinal),
            Guid.Parse(row.Text(1)!),
            row.Text(2) is null ? null : new IdempotentAnswer((int)row.Number(2), row.Blob(3).ToArray()));
        row.Reset();
        return claim;
    }

    /// <summary>Keeps the first answer.</summary>
    public static int SaveAnswer(this SqliteSession session, string key, IdempotentAnswer answer) => session
        .Statement("UPDATE idempotency_keys SET status = ?2, answer = ?3 WHERE key = ?1 AND status IS NULL")
        .Bind(1, key).Bind(2, answer.Status).Bind(3, answer.Body.AsSpan())
        .Execute();

    /// <summary>Forgets a key that has no answer.</summary>
    public static int Release(this SqliteSession session, string key) =>
        session.Statement("DELETE FROM idempotency_keys WHERE key = ?1 AND status IS NULL").Bind(1, key).Execute();

    /// <summary>Deletes keys that are older.</summary>
    /// <returns>How many, at most <paramref name="limit"/>.</returns>
    public static int DeleteKeys(this SqliteSession session, DateTimeOffset olderThan, int limit) => session
        .Statement("""
            DELETE FROM idempotency_keys WHERE rowid IN
                (SELECT rowid FROM idempotency_keys WHERE claimed_at < ?1 ORDER BY claimed_at LIMIT ?2)
            """)
        .Bind(1, olderThan.ToUnixTimeMilliseconds()).Bind(2, limit)
        .Execute();
}
