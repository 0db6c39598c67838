using System.Net;

namespace BusIngest.Workers.Net;

/// <summary>Looks up the addresses of a host.</summary>
public interface IHostResolver
{
    /// <summary>The addresses of a name, the preferred one first.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There are none, or they can't be looked up.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
