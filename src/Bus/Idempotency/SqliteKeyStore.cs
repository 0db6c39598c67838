using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Idempotency;

/// <summary>Idempotency keys in `busingest.db`.</summary>
internal sealed class SqliteKeyStore(MainDatabase database) : IKeyStore
{
    public Task<IdempotencyClaim> ClaimAsync(string key, string fingerprint, Guid seed, DateTimeOffset now) =>
        database.Writer.WriteAsync(1, session => session.Claim(key, fingerprint, seed, now));

    public Task ReleaseAsync(string key) => database.Writer.WriteAsync(1, session => session.Release(key));

    public Task SaveAnswerAsync(string key, IdempotentAnswer answer) =>
        database.Writer.WriteAsync(1, session => session.SaveAnswer(key, answer));
}
