using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Workers.Sync.Credentials;

/// <summary>Seals the keys that clients give (AES-256-GCM), so that they are in no message, no table and no answer.</summary>
public sealed class KeySeal
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int PrintBytes = 8;

    private readonly SealKeys _keys;

    internal KeySeal(SealKeys keys) => _keys = keys;

    /// <summary>Seals a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="source">The source that it is for: it opens for no other.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The sealed key, in Base64.</returns>
    /// <exception cref="Bus.Storage.StorageUnavailableException">What seals can't be read or stored now.</exception>
    public async Task<string> SealAsync(string key, string source, CancellationToken cancellationToken)
    {
        var plain = Encoding.UTF8.GetBytes(key);
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(await _keys.GetAsync(cancellationToken), TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(source));
        return Convert.ToBase64String(box);
    }

    /// <summary>What tells a key from others, and nothing of the key to whoever has not what seals: 64 bits of HMAC-SHA256.</summary>
    /// <param name="key">The key.</param>
    /// <param name="source">The source that it is for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Bus.Storage.StorageUnavailableException">What seals can't be read or stored now.</exception>
    internal async Task<string> PrintAsync(string key, string source, CancellationToken cancellationToken)
    {
        var hash = HMACSHA256.HashData(await _keys.GetAsync(cancellationToken), Encoding.UTF8.GetBytes($"pace {source}\n{key}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, PrintBytes));
    }

    /// <summary>Opens a sealed key.</summary>
    /// <exception cref="CryptographicException">It was sealed with something else, or for another source.</exception>
    /// <exception cref="FormatException">It is no sealed key.</exception>
    /// <exception cref="Bus.Storage.StorageUnavailableException">What opens it can't be read now.</exception>
    internal async Task<string> OpenAsync(string sealedKey, string source, CancellationToken cancellationToken)
    {
        var box = Convert.FromBase64String(sealedKey);
        if (box.Length < NonceBytes + TagBytes)
            throw new FormatException("The sealed key is too short.");

        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(await _keys.GetAsync(cancellationToken), TagBytes);
        aes.Decrypt(
            box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(source));
        return Encoding.UTF8.GetString(plain);
    }
}
