using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace BusIngest.Workers.Net;

/// <summary>
/// Connects to public addresses only, or to hosts that are allowed by name. It looks the name up itself and connects to the very
/// addresses that it has vetted, so that a name that changes its address in between (DNS rebinding) wins nothing.
/// </summary>
/// <param name="allowedHosts">Hosts, with a port or for any, that may be private; normalised.</param>
/// <param name="resolver">Looks names up.</param>
/// <param name="logger">Hears of what was not called, and of its address, which whoever asked does not.</param>
/// <param name="connecting">Gets each host, normalised, and the address that is about to be connected to.</param>
internal sealed class VettedConnection(
    IReadOnlySet<string> allowedHosts, IHostResolver resolver, ILogger logger, Action<string, IPAddress>? connecting = null)
{
    /// <summary>Opens a connection, for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="BlockedAddressException">The host has private addresses only, and is not allowed.</exception>
    /// <exception cref="SocketException">The name is not known, or no address can be reached; it tells of the last one tried.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = HostName.Normalize(context.DnsEndPoint.Host);
        SocketException? failure = null;
        foreach (var address in Vet(host, context.DnsEndPoint.Port, await FindAsync(host, cancellationToken)))
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

    private IPAddress[] Vet(string host, int port, IPAddress[] addresses)
    {
        if (allowedHosts.Has(host, port))
            return addresses;

        var callable = Array.FindAll(addresses, CallableAddress.IsPublic);
        if (callable.Length > 0 || addresses.Length == 0)
            return callable;

        logger.LogWarning("{Host}:{Port} is not called: it stands for {Address}, which is no public address", host, port, addresses[0]);
        throw new BlockedAddressException(host, addresses[0]);
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
