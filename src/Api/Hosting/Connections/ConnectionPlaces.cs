using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Api.Limits;

namespace BusIngest.Api.Hosting;

/// <summary>Counts connections, altogether and by address.</summary>
internal sealed class ConnectionPlaces(HttpSettings settings)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _byAddress = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>How many are taken.</summary>
    public int Taken => Volatile.Read(ref _all);

    /// <summary>Takes a place.</summary>
    /// <param name="address">Whose connection it is.</param>
    /// <param name="owner">What the place is counted under, to give it back by.</param>
    /// <returns>False when there is none for this address.</returns>
    public bool TryTake(IPAddress? address, out string owner)
    {
        owner = ClientAddress.Of(address);
        var most = IsProxy(address) ? settings.MaxConnectionsPerProxy : settings.MaxConnectionsPerAddress;
        lock (_gate)
        {
            _byAddress.TryGetValue(owner, out var own);
            if (_all >= settings.MaxConnections || own >= most)
                return false;

            _all++;
            _byAddress[owner] = own + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Return(string owner)
    {
        lock (_gate)
        {
            _all--;
            if (--_byAddress[owner] == 0)
                _byAddress.Remove(owner);
        }
    }

    private bool IsProxy(IPAddress? address) => address is not null && settings.TrustedProxies.Any(
        proxy => proxy.Contains(address) || (address.IsIPv4MappedToIPv6 && proxy.Contains(address.MapToIPv4())));
}
