using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace BusIngest.Workers.Net;

/// <summary>Which addresses may be called at a client's wish. What a name stands for is seen only when it is called, and vetted then.</summary>
public static class OutboundUrl
{
    /// <summary>The longest address, in characters.</summary>
    public const int MaxLength = 2_048;

    /// <summary>Reads an address.</summary>
    /// <param name="text">http or https, at most <see cref="MaxLength"/> characters, without credentials.</param>
    /// <param name="allowedHosts">Hosts, with a port or for any, that may be called although private; normalised.</param>
    /// <param name="url">The address.</param>
    /// <param name="error">What is wrong, to follow the field's name; null when nothing is.</param>
    /// <returns>Whether it may be called, as far as it shows.</returns>
    public static bool TryParse(
        string text, IReadOnlySet<string> allowedHosts, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? error)
    {
        error = Check(text, allowedHosts, out url);
        if (error is not null)
            url = null;
        return error is null;
    }

    /// <summary>Host and port of an address, in their usual form; an IPv6 address is in brackets.</summary>
    public static string NameOf(Uri url)
    {
        return HostName.WithPort(HostName.Of(url) ?? url.Host, url.Port);
    }

    /// <summary>Whether a text names a host, alone or with a port, as lists of hosts do.</summary>
    public static bool IsHost(string text) =>
        HostName.CutPort(text, out var host) is not 0 && Uri.CheckHostName(host.Trim('[', ']')) != UriHostNameType.Unknown;

    /// <summary>What is wrong with an address that paths and parameters are appended to; null when nothing is.</summary>
    public static string? CheckBase(Uri url) =>
        url.Query.Length > 0 ? "must be without a query: path and parameters are appended to it"
        : url.Fragment.Length > 0 ? "must be without a fragment"
        : null;

    /// <summary>Reads an address without asking whether it may be called: that is seen when it is.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out Uri? url) =>
        TryCreate(text, out url) && HostName.Of(url) is not null;

    /// <summary>Uri throws at some texts that it would take for a path (/\ and U+202E), so it sees none but these.</summary>
    private static bool TryCreate(string text, [NotNullWhen(true)] out Uri? url)
    {
        url = null;
        return (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            && Uri.TryCreate(text, UriKind.Absolute, out url);
    }

    private static string? Check(string text, IReadOnlySet<string> allowedHosts, out Uri? url)
    {
        url = null;
        if (string.IsNullOrWhiteSpace(text))
            return "must not be empty";
        if (text.Length > MaxLength)
            return $"must be at most {MaxLength:N0} characters long";
        if (!TryRead(text, out url))
            return "must be an absolute http or https address";
        if (url.UserInfo.Length > 0)
            return "must be without user name and password";
        return IsPrivate(HostName.Of(url)!, url.Port, allowedHosts) ? "must be a public address" : null;
    }

    private static bool IsPrivate(string host, int port, IReadOnlySet<string> allowedHosts) =>
        !allowedHosts.Has(host, port)
        && (HostName.IsLocalhost(host) || (IPAddress.TryParse(host, out var address) && !CallableAddress.IsPublic(address)));
}
