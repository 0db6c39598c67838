using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Idempotency;

/// <summary>The table of the idempotency keys. Each write completes when it is on disk.</summary>
/// <exception cref="StorageUnavailableException">The database can't be read or written now.</exception>
internal interface IKeyStore
{
    /// <summary>Takes a key, or tells who has it.</summary>
    Task<IdempotencyClaim> ClaimAsync(KeyTake take);

    /// <summary>The first answer to a key, and the hash of what was asked for; null: there is none.</summary>
    Task<(string Fingerprint, IdempotentAnswer Answer)?> FindAnswerAsync(string key);

    /// <summary>Forgets a key that has no answer, if this owner has it.</summary>
    Task ReleaseAsync(string key, Guid owner);

    /// <summary>Holds a key for longer, if this owner has it.</summary>
    Task RenewAsync(string key, Guid owner, DateTimeOffset until);

    /// <summary>Keeps the first answer.</summary>
    Task SaveAnswerAsync(string key, IdempotentAnswer answer);
}
