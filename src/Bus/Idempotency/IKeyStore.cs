using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Idempotency;

/// <summary>The table of the idempotency keys. Each call completes when it is on disk.</summary>
/// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
internal interface IKeyStore
{
    /// <summary>Takes a key, or tells who has it.</summary>
    Task<IdempotencyClaim> ClaimAsync(string key, string fingerprint, Guid seed, DateTimeOffset now);

    /// <summary>Forgets a key that has no answer.</summary>
    Task ReleaseAsync(string key);

    /// <summary>Keeps the first answer.</summary>
    Task SaveAnswerAsync(string key, IdempotentAnswer answer);
}
