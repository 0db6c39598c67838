using System.Collections.Concurrent;
using System.Net;

namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>Which addresses hosts had when they were last connected to: many names, and ports, may be one machine.</summary>
internal sealed class HostAddresses
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, string> _addresses = new(StringComparer.Ordinal);

    /// <summary>Notes where a host is being connected to.</summary>
    /// <param name="host">Its name, normalised.</param>
    /// <param name="address">Its address.</param>
    public void Note(string host, IPAddress address)
    {
        if (_addresses.Count >= Most)
            _addresses.Clear();
        _addresses[host] = address.ToString();
    }

    /// <summary>The last address of a host; its name, until one is known.</summary>
    public string Of(string host) => _addresses.GetValueOrDefault(host, host);
}
