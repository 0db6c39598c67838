using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Api.Telemetry.Requests;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace BusIngest.Api.Hosting;

/// <summary>
/// Lets connections in: so many altogether and of one address, each of which has to say something soon. Those beyond are answered on `/health`
/// alone, so that whoever takes all places does not make the service look dead.
/// </summary>
internal sealed class ConnectionGate(HttpSettings settings, TimeProvider time)
{
    /// <summary>What begins a TLS connection: a record of its handshake (RFC 8446, 5.1).</summary>
    private const byte Handshake = 22;

    /// <summary>How long one of the reserved places may be silent.</summary>
    private static readonly TimeSpan ReservedPatience = TimeSpan.FromSeconds(2);

    private readonly ConnectionPlaces _places = new(settings);
    private readonly ReservedPlaces _reserved = new();

    /// <summary>How many connections are open, but for those on reserved places.</summary>
    public int Open => _places.Taken;

    /// <summary>How many are open on reserved places.</summary>
    public int OpenReserved => _reserved.Taken;

    /// <summary>Lets a connection in, or ends it.</summary>
    public async Task EnterAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (_places.TryTake((connection.RemoteEndPoint as IPEndPoint)?.Address, out var owner))
        {
            try
            {
                await ServeAsync(connection, next, reserved: null);
            }
            finally
            {
                _places.Return(owner);
            }

            return;
        }

        using var reserved = _reserved.TryTake(connection.Abort);
        if (reserved is null)
        {
            Refusals.Count("connection");
            connection.Abort();
            return;
        }

        connection.Features.Set(reserved);
        await ServeAsync(connection, next, reserved);
    }

    /// <summary>Waits for the first bytes behind TLS, whose handshake alone says nothing yet.</summary>
    public async Task ListenAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (await FirstByteAsync(connection, settings.FirstByteTimeout) is not null)
            await next(connection);
    }

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next, ReservedPlaces.Reserved? reserved)
    {
        var patience = reserved is null || settings.FirstByteTimeout < ReservedPatience ? settings.FirstByteTimeout : ReservedPatience;
        if (await FirstByteAsync(connection, patience) is not { } first)
            return;

        reserved?.Speak();
        if (settings.Certificate is not null && first != Handshake)
            await PlainRedirect.AnswerAsync(connection, settings, time);
        else
            await next(connection);
    }

    /// <summary>The first byte, which stays where it is; null when there is none in time, or the connection is over.</summary>
    private async Task<byte?> FirstByteAsync(ConnectionContext connection, TimeSpan patience)
    {
        var input = connection.Transport.Input;
        if (!input.TryRead(out var result))
        {
            using var clock = new CancellationTokenSource(patience, time);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(
                clock.Token, connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None);
            try
            {
                result = await input.ReadAsync(end.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // Too late, or the host stops.
                if (clock.IsCancellationRequested)
                    Refusals.Count("silent-connection");
                connection.Abort();
                return null;
            }
            catch (Exception exception) when (exception is IOException or ConnectionAbortedException or ConnectionResetException)
            {
                // The other side is gone, and has said nothing.
                return null;
            }
        }

        var first = result.Buffer.IsEmpty ? (byte?)null : result.Buffer.FirstSpan[0];
        input.AdvanceTo(result.Buffer.Start);
        return first;
    }
}
