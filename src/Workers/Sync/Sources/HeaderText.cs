using BusIngest.Contracts.Sync;

namespace BusIngest.Workers.Sync.Sources;

/// <summary>What a header of a request can carry, and which headers a key may be carried by.</summary>
public static class HeaderText
{
    /// <summary>Headers of the connection (RFC 9110, 7.6.1), of the message, and those by which a server tells whom it serves.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Expect", "Forwarded", "Via", "Max-Forwards", "HTTP2-Settings", "Accept", "Accept-Encoding", "User-Agent", "Range", "Date",
    };

    /// <summary>By them the clouds' metadata services know those whom they may answer; and what proxies add.</summary>
    private static readonly string[] ReservedBeginnings = ["Metadata", "X-Google-Metadata", "X-aws-ec2-metadata", "X-Forwarded-", "Content-", "Sec-", "Proxy-"];

    /// <summary>What is wrong with a key or a prefix that a header has to carry; null when nothing is.</summary>
    public static string? CheckValue(string text) =>
        text.Any(letter => letter is < ' ' or > '~') ? "must be of printable ASCII characters: a header carries no others"
        : text.Length > 0 && (text[0] == ' ' || text[^1] == ' ') ? "must not begin or end with a space: a header does not carry it"
        : null;

    /// <summary>What is wrong with a key that a source is to be asked with; null when nothing is, or no header carries it.</summary>
    public static string? CheckKey(this SourceDefinition definition, string key) => definition.AuthHeader.Length > 0 ? CheckValue(key) : null;

    /// <summary>What is wrong with a name of a header; null when nothing is.</summary>
    public static string? CheckName(string name) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal)) ? null : "must be a header's name";

    /// <summary>What is wrong with a header that is to carry a key; null when nothing is.</summary>
    public static string? CheckKeyHeader(string name) =>
        CheckName(name) ?? (Reserved.Contains(name) || Array.Exists(ReservedBeginnings, beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            ? "must not be a header of the connection, the message or the host"
            : null);
}

/// <summary>A key can't be sent.</summary>
/// <param name="message">Why, for an operator.</param>
internal sealed class UnsendableKeyException(string message) : Exception(message);
