using System.Collections.Frozen;
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

    /// <summary>A set of hosts, each normalised.</summary>
    public static FrozenSet<string> NormalizeAll(IEnumerable<string> hosts) => hosts.Select(Normalize).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a normalised name means this machine by definition (RFC 6761).</summary>
    public static bool IsLocalhost(string name) =>
        string.Equals(name, "localhost", StringComparison.Ordinal) || name.EndsWith(".localhost", StringComparison.Ordinal);
}
