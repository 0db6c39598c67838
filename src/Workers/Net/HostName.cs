using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace BusIngest.Workers.Net;

/// <summary>Brings the ways of writing a host to one form, so that they can be compared.</summary>
internal static class HostName
{
    /// <summary>Lower case, without a trailing dot; an address in its usual form, without brackets.</summary>
    public static string Normalize(string host)
    {
        var name = host.Trim().TrimEnd('.').ToLowerInvariant();
        return IPAddress.TryParse(name, out var address) ? address.ToString() : name;
    }

    /// <summary>The host of an address, as it will be looked up.</summary>
    /// <returns>Null when it is none: Uri takes in names that international ones (IDNA) must not look like.</returns>
    public static string? Of(Uri url)
    {
        try
        {
            return Normalize(url.IdnHost);
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>A set of hosts, each normalised: `name` or `name:port`; an IPv6 address with a port is in brackets.</summary>
    public static FrozenSet<string> NormalizeAll(IEnumerable<string> hosts) => hosts.Select(NormalizeEntry).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Host and port in one text, as sets have them.</summary>
    /// <param name="host">Normalised.</param>
    /// <param name="port">1–65,535.</param>
    public static string WithPort(string host, int port) =>
        host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";

    /// <summary>Whether a set has a host, with this port or without any.</summary>
    /// <param name="hosts">Normalised.</param>
    /// <param name="host">Normalised.</param>
    /// <param name="port">Its port.</param>
    public static bool Has(this IReadOnlySet<string> hosts, string host, int port) =>
        hosts.Count > 0 && (hosts.Contains(host) || hosts.Contains(WithPort(host, port)));

    /// <summary>Splits what may end in a port.</summary>
    /// <param name="text">`name`, `name:port`, an IPv6 address, or one in brackets with a port.</param>
    /// <param name="host">What is before the port.</param>
    /// <returns>The port; null when there is none, 0 when it is none.</returns>
    public static int? CutPort(string text, out string host)
    {
        host = text;
        var colon = text.LastIndexOf(':');
        var isAddress = text.IndexOf(':', StringComparison.Ordinal) != colon && !text[..colon].EndsWith(']');
        if (colon < 0 || isAddress || text.EndsWith(']'))
            return null;

        host = text[..colon];
        return ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;
    }

    private static string NormalizeEntry(string text) =>
        CutPort(text.Trim(), out var host) is { } port ? WithPort(Normalize(host), port) : Normalize(host);

    /// <summary>Whether a normalised name means this machine by definition (RFC 6761).</summary>
    public static bool IsLocalhost(string name) =>
        string.Equals(name, "localhost", StringComparison.Ordinal) || name.EndsWith(".localhost", StringComparison.Ordinal);
}
