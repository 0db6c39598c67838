using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Idempotency;

/// <summary>Idempotency keys in `busingest.db`.</summary>
internal sealed class SqliteKeyStore(MainDatabase database) : IKeyStore
{
    public Task<IdempotencyClaim> ClaimAsync(KeyTake take) => database.Writer.WriteAsync(1, session => session.Claim(take));

    public Task<(string Fingerprint, IdempotentAnswer Answer)?> FindAnswerAsync(string key) =>
        Task.FromResult(database.Readers.Read(session => session.FindAnswer(key)));

    public Task ReleaseAsync(string key, Guid owner) => database.Writer.WriteAsync(1, session => session.Release(key, owner));

    /// <summary>No other process is there to take it.</summary>
    public Task RenewAsync(string key, Guid owner, DateTimeOffset until) => Task.CompletedTask;

    public Task SaveAnswerAsync(string key, IdempotentAnswer answer) =>
        database.Writer.WriteAsync(1, session => session.SaveAnswer(key, answer));
}
