using System.Net.Sockets;
using System.Text;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Security;

/// <summary>A connection that says what a test says, and no more.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(RunningService service)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(service.Address.Host, service.Address.Port, Token);
        return connection;
    }

    public ValueTask SendAsync(string text) => _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Token);

    public ValueTask GetAsync(string path) => SendAsync($"GET /{path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    /// <summary>The beginning of what is answered; empty when the connection is closed.</summary>
    public async Task<string> ReadAsync()
    {
        var buffer = new byte[4_096];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await _client.GetStream().ReadAsync(buffer, Token));
        }
        catch (IOException)
        {
            return "";
        }
    }

    public void Dispose() => _client.Dispose();
}
