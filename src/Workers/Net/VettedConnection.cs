using System.Net;
using System.Net.Sockets;

namespace BusIngest.Workers.Net;

/// <summary>
/// Connects to public addresses only, or to hosts that are allowed by name. It looks the name up itself and connects to the very
/// addresses that it has vetted, so that a name that changes its address in between (DNS rebinding) wins nothing.
/// </summary>
/// <param name="allowedHosts">Hosts, normalised, that may be private.</param>
/// <param name="resolver">Looks names up.</param>
/// <param name="connecting">Gets each host, normalised, and the address that is about to be connected to.</param>
internal sealed class VettedConnection(IReadOnlySet<string> allowedHosts, IHostResolver resolver, Action<string, IPAddress>? connecting = null)
{
    /// <summary>Opens a connection, for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="BlockedAddressException">The host has private addresses only, and is not allowed.</exception>
    /// <exception cref="SocketException">The name is not known, or no address can be reached; it tells of the last one tried.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = HostName.Normalize(context.DnsEndPoint.Host);
        SocketException? failure = null;
        foreach (var address in Vet(host, await FindAsync(host, cancellationToken)))
        {
            connecting?.Invoke(host, address);
            try
            {
                return await ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken);
            }
            catch (SocketException exception)
            {
                failure = exception;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    private async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken);

    private IPAddress[] Vet(string host, IPAddress[] addresses)
    {
        if (allowedHosts.Contains(host))
            return addresses;

        var callable = Array.FindAll(addresses, PublicAddress.IsPublic);
        return callable.Length > 0 || addresses.Length == 0 ? callable : throw new BlockedAddressException(addresses[0]);
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
