using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BusIngest.Bus.Redis;

/// <summary>Addresses of servers as text: `host:port`, with an IPv6 address in brackets.</summary>
public static class RedisAddress
{
    /// <summary>Writes one. The same server is always written alike.</summary>
    /// <param name="host">A name or an address, with or without brackets.</param>
    /// <param name="port">1–65,535.</param>
    public static string Format(string host, int port)
    {
        var bare = host.Trim('[', ']');
        return IPAddress.TryParse(bare, out var address)
            ? new IPEndPoint(address, port).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{bare}:{port}");
    }

    /// <summary>Writes one, when these are a host and a port; null when they are not.</summary>
    internal static string? TryFormat(string host, string port) =>
        IsHost(host) && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? Format(host, number) : null;

    /// <summary>Reads one.</summary>
    /// <param name="text">With a port or without; an IPv6 address that has one is in brackets.</param>
    /// <param name="defaultPort">The port where none is given.</param>
    /// <param name="address">What <see cref="Format"/> gives.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, int defaultPort, out string address)
    {
        var (host, port) = Split(text);
        var number = defaultPort;
        var isOne = IsHost(host) && (port is null || (ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && (number = given) > 0));
        address = isOne ? Format(host, number) : "";
        return isOne;
    }

    /// <summary>Whether a text is a name or an address, without a port.</summary>
    public static bool IsHost(string text) => Uri.CheckHostName(text.Trim('[', ']')) != UriHostNameType.Unknown;

    /// <summary>The host of an address, without brackets.</summary>
    internal static string Host(string address) => Split(address).Host.Trim('[', ']');

    /// <summary>The port of an address.</summary>
    internal static int Port(string address) => int.Parse(Split(address).Port!, CultureInfo.InvariantCulture);

    /// <summary>Where to connect to.</summary>
    public static EndPoint EndPoint(string address) =>
        IPAddress.TryParse(Host(address), out var ip) ? new IPEndPoint(ip, Port(address)) : new DnsEndPoint(Host(address), Port(address));

    /// <summary>`::1` has colons, and no port.</summary>
    private static (string Host, string? Port) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon < 0 || text.EndsWith(']') || (IPAddress.TryParse(text, out var bare) && bare.AddressFamily == AddressFamily.InterNetworkV6 && !text.StartsWith('['))
            ? (text, null)
            : (text[..colon], text[(colon + 1)..]);
    }
}
