using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Workers.Timers.Webhooks.Signing;

/// <summary>
/// A symmetric secret of Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md):
/// `whsec_` and the base64 of 24–64 bytes, or plain text of 16–256 characters, whose UTF-8 bytes are the key. Base64 of as many bytes
/// without `whsec_` is the first form, as receivers' libraries have it; what looks like that form gone wrong is refused.
/// </summary>
public sealed class SigningSecret
{
    private const string Prefix = "whsec_";
    private const string WhiteSpace = " \t\r\n";
    private const int LeastKeyBytes = 24;
    private const int MostKeyBytes = 64;
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
        var bare = Unquote(text);
        if (LooksCoded(bare))
            bare = Prefix + bare;
        error = bare.StartsWith(Prefix, StringComparison.Ordinal) ? ReadCoded(bare.AsSpan(Prefix.Length), out var key) : ReadPlain(bare, out key);
        secret = error is null ? new SigningSecret(bare, key) : null;
        return error is null;
    }

    /// <summary>A text without the quotes around it, which `docker --env-file` leaves in place.</summary>
    public static string Unquote(string text) => text is ['"', .., '"'] or ['\'', .., '\''] ? text[1..^1] : text;

    /// <summary>Signs a delivery.</summary>
    /// <param name="content">`{id}.{timestamp}.{body}`.</param>
    /// <returns>`v1,` and the base64 of the HMAC-SHA256.</returns>
    public string Sign(ReadOnlySpan<byte> content) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, content));

    /// <summary>Does not show the secret.</summary>
    public override string ToString() => "(secret)";

    private static string? ReadCoded(ReadOnlySpan<char> coded, out byte[] key)
    {
        // What reads Base64 passes over white space; no receiver need do that.
        key = Base64.IsValid(coded) && !coded.ContainsAny(WhiteSpace) ? Convert.FromBase64String(coded.ToString()) : [];
        return key.Length is >= LeastKeyBytes and <= MostKeyBytes ? null : $"must hold the base64 of {LeastKeyBytes} to {MostKeyBytes} bytes after whsec_";
    }

    /// <summary>Padding shows it, or a length at which hardly anybody's own words have no other character. Hexadecimal digits are plain text by custom.</summary>
    private static bool LooksCoded(string text) => Base64.IsValid(text) && !text.All(char.IsAsciiHexDigit)
        && (text.EndsWith('=') || ReadCoded(text, out _) is null);

    /// <summary>What was meant to be coded would be signed with as it stands, and no receiver could tell why nothing verifies.</summary>
    private static string? ReadPlain(string text, out byte[] key)
    {
        key = Encoding.UTF8.GetBytes(text);
        if (text is ['"' or '\'' or '`', ..] or [.., '"' or '\'' or '`'])
            return "must not have a quote at one end";
        if (text.Contains("whsec", StringComparison.OrdinalIgnoreCase))
            return "must begin with whsec_, in lower case and with nothing before it, when it is a whsec_ secret";
        return text.Length is >= 16 and <= 256 && !text.Any(char.IsWhiteSpace)
            ? null
            : "must be whsec_ with a base64 secret, or 16 to 256 characters without spaces";
    }
}
