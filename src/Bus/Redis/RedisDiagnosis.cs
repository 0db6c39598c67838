using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using BusIngest.Bus.Tls;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>Finds out why a server can't be connected to: the client library says little more than that it can't.</summary>
internal static class RedisDiagnosis
{
    private const int LongestLine = 512;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>What the server said, where the library tells that.</summary>
    public static string? ServersWords(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is RedisServerException said)
                return said.Message.Replace("SimpleError: ", "", StringComparison.Ordinal);
        }

        return null;
    }

    /// <summary>Knocks once more, with nothing but a PING, and gives the error that comes back.</summary>
    /// <param name="address">The server.</param>
    /// <param name="access">Whether it is with TLS.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<string> AskAsync(string address, RedisAccess access, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(RedisAddress.Host(address), RedisAddress.Port(address), limit.Token);
            await using var plain = client.GetStream();
            if (!access.UseTls)
                return await PingAsync(plain, limit.Token);

            await using var tls = new SslStream(plain, leaveInnerStreamOpen: true, TrustedAuthorities.Validate(access.CaFile));
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = RedisAddress.Host(address) }, limit.Token);
            return await PingAsync(tls, limit.Token);
        }
        catch (Exception exception) when (exception is SocketException or AuthenticationException or IOException)
        {
            return exception.GetBaseException().Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "it does not answer";
        }
    }

    private static async Task<string> PingAsync(Stream stream, CancellationToken deadline)
    {
        await stream.WriteAsync("PING\r\n"u8.ToArray(), deadline);
        var buffer = new byte[LongestLine];
        var length = 0;
        while (length < buffer.Length && !buffer.AsSpan(0, length).Contains((byte)'\n'))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), deadline);
            if (read == 0)
                return length > 0 ? Line(buffer.AsSpan(0, length)) : "it closes the connection";
            length += read;
        }

        return Line(buffer.AsSpan(0, length));
    }

    private static string Line(ReadOnlySpan<byte> answer)
    {
        var line = Encoding.UTF8.GetString(answer).Split('\r', '\n')[0];
        return line.StartsWith('-') ? line[1..] : line.StartsWith("+PONG", StringComparison.Ordinal) ? "it is slow to answer" : $"it is no Redis server, as it answers '{line}'";
    }
}
