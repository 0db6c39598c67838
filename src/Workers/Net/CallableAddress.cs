using System.Net;
using System.Net.NetworkInformation;

namespace BusIngest.Workers.Net;

/// <summary>Tells addresses that a client may have called from all others: public ones that are not this machine's own.</summary>
internal static class CallableAddress
{
    private const long FreshForMs = 30_000;

    private static volatile OwnAddresses _own = new([], long.MinValue);

    /// <summary>Whether the address is one of the public internet, and of another machine.</summary>
    public static bool IsPublic(IPAddress address) => PublicAddress.IsPublic(address) && !Own().Contains(address);

    /// <summary>This machine's addresses, at most half a minute old: interfaces come and go.</summary>
    private static HashSet<IPAddress> Own()
    {
        var now = Environment.TickCount64;
        if (_own.ReadAt == long.MinValue || now - _own.ReadAt > FreshForMs)
            _own = new OwnAddresses(Read(), now);
        return _own.Addresses;
    }

    private static HashSet<IPAddress> Read() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => new IPAddress(unicast.Address.GetAddressBytes())),
    ];

    private sealed record OwnAddresses(HashSet<IPAddress> Addresses, long ReadAt);
}
