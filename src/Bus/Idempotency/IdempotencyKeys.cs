using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Idempotency;

/// <summary>Remembers clients' keys for 24 h, so that a request which is sent again is answered as the first time.</summary>
public sealed class IdempotencyKeys
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    /// <summary>How long a key is held for a process that may have died; that which carries a request out renews it long before.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(15);

    private readonly IKeyStore _store;
    private readonly TimeProvider _time;

    internal IdempotencyKeys(IKeyStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <summary>Takes a key; completes when that is on disk.</summary>
    /// <param name="key">Who sent it where, and the key itself.</param>
    /// <param name="fingerprint">A hash of what was asked for.</param>
    /// <exception cref="OutboxUnavailableException">The database can't be written now.</exception>
    public Task<IdempotencyClaim> ClaimAsync(string key, string fingerprint)
    {
        var now = _time.GetUtcNow();
        return InReachAsync(() => _store.ClaimAsync(new KeyTake(key, fingerprint, Guid.CreateVersion7(now), Guid.NewGuid(), now, now + Hold)));
    }

    /// <summary>The first answer to a key, and the hash of what was asked for; null: there is none.</summary>
    /// <exception cref="OutboxUnavailableException">The database can't be read now.</exception>
    public Task<(string Fingerprint, IdempotentAnswer Answer)?> FindAnswerAsync(string key) => InReachAsync(() => _store.FindAnswerAsync(key));

    /// <summary>
    /// Gives a key back, as the request was refused and nothing happened: mended, it may come under the same key. What was carried out before,
    /// if only in part, keeps it; so does a key that somebody else has by now.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now; the key stays taken.</exception>
    public Task ReleaseAsync(string key, IdempotencyClaim claim) =>
        claim is { IsMine: true, IsFirst: true } ? _store.ReleaseAsync(key, claim.Owner) : Task.CompletedTask;

    /// <summary>Holds a key on, as its request is still being carried out.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    public Task RenewAsync(string key, IdempotencyClaim claim) => _store.RenewAsync(key, claim.Owner, _time.GetUtcNow() + Hold);

    /// <summary>Keeps the first answer; completes when it is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now. The request, sent again, is carried out
    /// again, under the same ids.</exception>
    public Task SaveAnswerAsync(string key, IdempotentAnswer answer) => _store.SaveAnswerAsync(key, answer);

    private static async Task<T> InReachAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (StorageUnavailableException exception)
        {
            throw new OutboxUnavailableException(exception.Message, RetryAfter, exception);
        }
    }
}
