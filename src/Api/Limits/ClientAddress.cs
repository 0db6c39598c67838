using System.Net;
using System.Net.Sockets;

namespace BusIngest.Api.Limits;

/// <summary>Whom a request's limit belongs to.</summary>
internal static class ClientAddress
{
    /// <summary>What a home or a machine is given of IPv6: whoever has one address has all that begin so.</summary>
    private const int NetworkBytes = 8;

    /// <summary>The IPv4 address, or the first half of the IPv6 address. Headers of proxies are not believed.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return address.ToString();

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
