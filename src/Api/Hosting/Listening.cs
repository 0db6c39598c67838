using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using BusIngest.Api.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace BusIngest.Api.Hosting;

/// <summary>The addresses that Kestrel listens on.</summary>
internal static class Listening
{
    /// <summary>Listens where the settings say.</summary>
    public static void ListenOn(this KestrelServerOptions kestrel, HttpSettings http)
    {
        var gate = kestrel.ApplicationServices.GetRequiredService<ConnectionGate>();
        var certificate = http.Certificate is null
            ? null
            : new CertificateFile(
                http, kestrel.ApplicationServices.GetRequiredService<TimeProvider>(), kestrel.ApplicationServices.GetRequiredService<ILogger<CertificateFile>>());

        foreach (var endpoint in EndPoints(http))
        {
            // Every address, of IPv6 too where there is any.
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
                kestrel.ListenAnyIP(endpoint.Port, Guard);
            else
                kestrel.Listen(endpoint, Guard);
        }

        void Guard(ListenOptions listen)
        {
            listen.Use(next => connection => gate.EnterAsync(connection, next));
            if (certificate is null)
                return;

            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }),
            });
            listen.Use(next => connection => gate.ListenAsync(connection, next));
        }
    }

    /// <summary>Tries the addresses, so that one that is taken is told before anything is started.</summary>
    /// <exception cref="SettingsException">An address can't be listened on.</exception>
    public static void Probe(HttpSettings http)
    {
        foreach (var endpoint in EndPoints(http))
        {
            if (TryBind(endpoint) is not { } error)
                continue;

            throw new SettingsException(error switch
            {
                SocketError.AddressAlreadyInUse => $"PORT: {endpoint.Port} is taken on {endpoint.Address}; choose another, or 0 for a free one",
                SocketError.AccessDenied => $"PORT: {endpoint.Port} may not be listened on by this user; choose one from 1024",
                _ => $"BIND: {endpoint.Address} can't be listened on ({error})",
            });
        }
    }

    private static List<IPEndPoint> EndPoints(HttpSettings http) => http.Bind switch
    {
        HttpSettings.AnyAddress => [new(CanBind(IPAddress.IPv6Any) ? IPAddress.IPv6Any : IPAddress.Any, http.Port)],

        // A free port is taken for one address only: a second would get another.
        HttpSettings.Loopback when http.Port > 0 && CanBind(IPAddress.IPv6Loopback) =>
            [new(IPAddress.Loopback, http.Port), new(IPAddress.IPv6Loopback, http.Port)],
        HttpSettings.Loopback => [new(IPAddress.Loopback, http.Port)],
        var address => [new(IPAddress.Parse(address), http.Port)],
    };

    /// <summary>Whether there is such an address; containers often have no IPv6 although the system does.</summary>
    private static bool CanBind(IPAddress address) => TryBind(new(address, 0)) is null;

    private static SocketError? TryBind(IPEndPoint endpoint)
    {
        try
        {
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;

            socket.Bind(endpoint);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }
}
