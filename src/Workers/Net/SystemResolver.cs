using System.Net;

namespace BusIngest.Workers.Net;

/// <summary>Looks up names as the system does.</summary>
internal sealed class SystemResolver : IHostResolver
{
    /// <inheritdoc />
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
