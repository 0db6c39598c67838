using System.Net;
using System.Net.Sockets;

namespace BusIngest.Workers.Net;

/// <summary>
/// Tells addresses of the public internet from all others, by IANA's special-purpose registries (RFC 6890,
/// https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry, 2025).
/// </summary>
internal static class PublicAddress
{
    private static readonly AddressBlock[] NotPublic4 = Parse(
        "0.0.0.0/8",        // this network
        "10.0.0.0/8",       // private
        "100.64.0.0/10",    // shared, behind a carrier's NAT
        "127.0.0.0/8",      // loopback
        "168.63.129.16/32", // Azure's wire server: of a public block, and only ever the host's own
        "169.254.0.0/16",   // link-local, with the clouds' metadata services
        "172.16.0.0/12",    // private
        "192.0.0.0/24",     // protocol assignments
        "192.0.2.0/24",     // documentation
        "192.88.99.0/24",   // 6to4 relays, deprecated
        "192.168.0.0/16",   // private
        "198.18.0.0/15",    // benchmarking
        "198.51.100.0/24",  // documentation
        "203.0.113.0/24",   // documentation
        "224.0.0.0/4",      // multicast
        "240.0.0.0/4");     // reserved, and broadcast

    /// <summary>All global unicast addresses are in here: loopback, link-local, unique local, multicast, mapped ones and so on are not.</summary>
    private static readonly AddressBlock Global6 = AddressBlock.Parse("2000::/3");
    private static readonly AddressBlock Nat64 = AddressBlock.Parse("64:ff9b::/96");
    private static readonly AddressBlock SixToFour = AddressBlock.Parse("2002::/16");
    private static readonly AddressBlock Teredo = AddressBlock.Parse("2001::/32");

    private static readonly AddressBlock[] NotPublic6 = Parse(
        "2001::/23",        // protocol assignments
        "2001:db8::/32",    // documentation
        "3fff::/20");       // documentation

    /// <summary>Whether the address is one of the public internet. One that carries an IPv4 address in it (NAT64, 6to4, Teredo) is
    /// as public as that.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork ? IsPublic4(bytes) : IsPublic6(bytes);
    }

    private static bool IsPublic4(ReadOnlySpan<byte> address) => !IsIn(NotPublic4, address);

    private static bool IsPublic6(ReadOnlySpan<byte> address)
    {
        if (Nat64.Contains(address))
            return IsPublic4(address[12..]);
        if (SixToFour.Contains(address))
            return IsPublic4(address[2..6]);
        if (Teredo.Contains(address))
            return IsPublic4(address[4..8]) && IsPublic4(TeredoClient(address));
        return Global6.Contains(address) && !IsIn(NotPublic6, address);
    }

    /// <summary>The last four bytes, each bit turned round (RFC 4380).</summary>
    private static byte[] TeredoClient(ReadOnlySpan<byte> address) =>
        [(byte)~address[12], (byte)~address[13], (byte)~address[14], (byte)~address[15]];

    private static bool IsIn(AddressBlock[] blocks, ReadOnlySpan<byte> address)
    {
        foreach (var block in blocks)
        {
            if (block.Contains(address))
                return true;
        }

        return false;
    }

    private static AddressBlock[] Parse(params string[] blocks) => [.. blocks.Select(AddressBlock.Parse)];
}
