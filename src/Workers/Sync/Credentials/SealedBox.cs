using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Workers.Sync.Credentials;

/// <summary>AES-256-GCM over a text: nonce, tag and what is sealed, in Base64.</summary>
internal static class SealedBox
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Seals a text.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="text">The text.</param>
    /// <param name="purpose">What it is for: it opens for nothing else.</param>
    public static string Seal(byte[] key, string text, string purpose)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return Convert.ToBase64String(box);
    }

    /// <summary>Opens what <see cref="Seal"/> gave.</summary>
    /// <returns>The text; null: it was sealed by another key, or for something else.</returns>
    /// <exception cref="FormatException">It is no sealed text.</exception>
    public static string? TryOpen(byte[] key, string text, string purpose)
    {
        var box = Convert.FromBase64String(text);
        if (box.Length < NonceBytes + TagBytes)
            throw new FormatException("The sealed text is too short.");

        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(
                box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(purpose));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
