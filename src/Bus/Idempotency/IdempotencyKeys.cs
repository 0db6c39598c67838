using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Idempotency;

/// <summary>Remembers clients' keys for 24 h, so that a request which is sent again is answered as the first time.</summary>
public sealed class IdempotencyKeys
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    private readonly IKeyStore _store;
    private readonly TimeProvider _time;

    internal IdempotencyKeys(IKeyStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <summary>Takes a key; completes when that is on disk.</summary>
    /// <param name="key">Who sent it where, and the key itself.</param>
    /// <param name="fingerprint">A hash of the body.</param>
    /// <exception cref="OutboxUnavailableException">The database can't be written now.</exception>
    public async Task<IdempotencyClaim> ClaimAsync(string key, string fingerprint)
    {
        var now = _time.GetUtcNow();
        try
        {
            return await _store.ClaimAsync(key, fingerprint, Guid.CreateVersion7(now), now);
        }
        catch (StorageUnavailableException exception)
        {
            throw new OutboxUnavailableException(exception.Message, RetryAfter, exception);
        }
    }

    /// <summary>Gives a key back, as the request was refused and nothing happened: mended, it may come under the same key.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now; the key stays taken.</exception>
    public Task ReleaseAsync(string key) => _store.ReleaseAsync(key);

    /// <summary>Keeps the first answer; completes when it is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now. The request, sent again, is carried out
    /// again, under the same ids.</exception>
    public Task SaveAnswerAsync(string key, IdempotentAnswer answer) => _store.SaveAnswerAsync(key, answer);
}
