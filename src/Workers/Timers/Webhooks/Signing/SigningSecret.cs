using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Workers.Timers.Webhooks.Signing;

/// <summary>
/// A symmetric secret of Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md):
/// `whsec_` and the base64 of 24–64 bytes, or plain text of 16–256 characters, whose UTF-8 bytes are the key.
/// </summary>
public sealed class SigningSecret
{
    private const string Prefix = "whsec_";
    private const int NewKeyBytes = 32;

    private readonly byte[] _key;

    private SigningSecret(string text, byte[] key)
    {
        Text = text;
        _key = key;
    }

    /// <summary>The secret as it is told to receivers. Never to be logged.</summary>
    public string Text { get; }

    /// <summary>Draws a secret of 32 bytes.</summary>
    public static SigningSecret Create()
    {
        var key = RandomNumberGenerator.GetBytes(NewKeyBytes);
        return new SigningSecret(Prefix + Convert.ToBase64String(key), key);
    }

    /// <summary>Reads a secret.</summary>
    /// <param name="text">Either form.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="error">What is wrong, to follow a setting's name; it does not show the secret. Null when nothing is wrong.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out SigningSecret? secret, [NotNullWhen(false)] out string? error)
    {
        error = text.StartsWith(Prefix, StringComparison.Ordinal) ? ReadCoded(text, out var key) : ReadPlain(text, out key);
        secret = error is null ? new SigningSecret(text, key) : null;
        return error is null;
    }

    /// <summary>Signs a delivery.</summary>
    /// <param name="content">`{id}.{timestamp}.{body}`.</param>
    /// <returns>`v1,` and the base64 of the HMAC-SHA256.</returns>
    public string Sign(ReadOnlySpan<byte> content) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, content));

    /// <summary>Does not show the secret.</summary>
    public override string ToString() => "(secret)";

    private static string? ReadCoded(string text, out byte[] key)
    {
        var coded = text.AsSpan(Prefix.Length);
        key = Base64.IsValid(coded) ? Convert.FromBase64String(coded.ToString()) : [];
        return key.Length is >= 24 and <= 64 ? null : "must hold the base64 of 24 to 64 bytes after whsec_";
    }

    private static string? ReadPlain(string text, out byte[] key)
    {
        key = Encoding.UTF8.GetBytes(text);
        return text.Length is >= 16 and <= 256 && !text.Any(char.IsWhiteSpace)
            ? null
            : "must be whsec_ with a base64 secret, or 16 to 256 characters without spaces";
    }
}
