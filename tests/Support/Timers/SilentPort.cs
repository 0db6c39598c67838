using System.Net;
using System.Net.Sockets;

namespace BusIngest.Support.Timers;

/// <summary>Ports of the loopback behind which nobody is well.</summary>
public sealed class SilentPort : IDisposable
{
    // The kernel takes connections into the backlog, and nobody ever reads from them.
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <summary>Opens a port that accepts connections and never answers.</summary>
    public SilentPort() => _listener.Start(backlog: 512);

    /// <summary>Its address, as a URL's beginning.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>An address that refuses connections: its port was free a moment ago.</summary>
    public static Uri Refusing()
    {
        using var port = new SilentPort();
        return port.Address;
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();
}
