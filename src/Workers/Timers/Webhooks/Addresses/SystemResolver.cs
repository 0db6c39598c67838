using System.Net;

namespace BusIngest.Workers.Timers.Webhooks.Addresses;

/// <summary>Looks up names as the system does.</summary>
internal sealed class SystemResolver : IHostResolver
{
    /// <inheritdoc />
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
