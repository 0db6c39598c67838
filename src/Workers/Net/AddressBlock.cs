using System.Net;

namespace BusIngest.Workers.Net;

/// <summary>The addresses that begin with the same bits.</summary>
/// <remarks>IPNetwork.Contains takes IPv4-mapped addresses for IPv4 ones, even in an IPv6 network; here bits are bits.</remarks>
internal readonly struct AddressBlock
{
    private readonly byte[] _first;
    private readonly int _bits;

    private AddressBlock(IPNetwork network)
    {
        _first = network.BaseAddress.GetAddressBytes();
        _bits = network.PrefixLength;
    }

    /// <summary>Reads CIDR notation, such as 10.0.0.0/8 or 2001:db8::/32.</summary>
    public static AddressBlock Parse(string text) => new(IPNetwork.Parse(text));

    /// <summary>Whether an address of the same family, as bytes, is one of them.</summary>
    public bool Contains(ReadOnlySpan<byte> address)
    {
        var (bytes, rest) = Math.DivRem(_bits, 8);
        return address[..bytes].SequenceEqual(_first.AsSpan(0, bytes))
            && (rest == 0 || (address[bytes] ^ _first[bytes]) >> (8 - rest) == 0);
    }
}
