using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Workers.Sync.Credentials;

/// <summary>Seals the keys that clients give (AES-256-GCM), so that they are in no message, no table and no answer.</summary>
public sealed class KeySeal
{
    private const int PrintBytes = 8;

    private readonly SealKeys _keys;
    private readonly FormerSealKeys _former;

    internal KeySeal(SealKeys keys, FormerSealKeys former) => (_keys, _former) = (keys, former);

    /// <summary>Seals a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="source">The source that it is for: it opens for no other.</param>
    /// <returns>The sealed key, in Base64.</returns>
    /// <exception cref="Bus.Storage.StorageUnavailableException">What seals can't be read or stored now.</exception>
    public string Seal(string key, string source) => SealedBox.Seal(_keys.Current, key, source);

    /// <summary>What tells a key from others, and nothing of the key to whoever has not what seals: 64 bits of HMAC-SHA256.</summary>
    /// <param name="key">The key.</param>
    /// <param name="source">The source that it is for.</param>
    /// <exception cref="Bus.Storage.StorageUnavailableException">What seals can't be read or stored now.</exception>
    internal string Print(string key, string source)
    {
        var hash = HMACSHA256.HashData(_keys.Current, Encoding.UTF8.GetBytes($"pace {source}\n{key}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, PrintBytes));
    }

    /// <summary>Opens a sealed key.</summary>
    /// <returns>The key; null: it was sealed with something that this process does not have, or for another source.</returns>
    /// <exception cref="FormatException">It is no sealed key.</exception>
    /// <exception cref="Bus.Storage.StorageUnavailableException">What opens it can't be read now.</exception>
    internal async Task<string?> TryOpenAsync(string sealedKey, string source, CancellationToken cancellationToken)
    {
        if (SealedBox.TryOpen(_keys.Current, sealedKey, source) is { } opened)
            return opened;

        foreach (var former in await _former.ListAsync(cancellationToken))
        {
            if (SealedBox.TryOpen(former, sealedKey, source) is { } found)
                return found;
        }

        return null;
    }
}
