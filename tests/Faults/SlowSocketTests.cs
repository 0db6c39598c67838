using System.Net.Sockets;
using System.Text;
using BusIngest.Support.Storage;

namespace BusIngest.Faults;

/// <summary>Strangers and clients who send little, and slowly, and over many connections.</summary>
public sealed class SlowSocketTests : FaultTest
{
    private const int Sockets = 500;
    private const long MostGrowth = 50L << 20;
    private static readonly byte[] Piece = Encoding.ASCII.GetBytes(new string(' ', 20_000));

    [Fact]
    public async Task Should_neither_grow_nor_write_nor_keep_others_waiting()
    {
        var installation = Install();
        var program = await installation.StartAsync(Token, ("BIND", "127.0.0.1"), ("AUTH_API_KEYS", "ann=q3Xk9ZLr0aB7cD2eF4gH6iJ8kL1mN3oP5qR7sT9uV1w"));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = program.Address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Add("X-API-Key", "q3Xk9ZLr0aB7cD2eF4gH6iJ8kL1mN3oP5qR7sT9uV1w");
        for (var i = 0; i < 20; i++)
            await LookAsync(http);
        var memory = program.WorkingSet;

        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < Sockets; i++)
                sockets.Add(await OpenAsync(program.Address!, i));
            var slowest = TimeSpan.Zero;
            for (var round = 0; round < 10; round++)
            {
                foreach (var socket in sockets)
                    await SendAsync(socket, Piece);
                var took = await LookAsync(http);
                slowest = took > slowest ? took : slowest;
            }

            var growth = program.WorkingSet - memory;
            Log($"{Sockets} sockets: {growth / (1 << 20)} MiB more, slowest GET /cars {slowest.TotalMilliseconds:0} ms");
            Assert.True(growth < MostGrowth, $"{growth} bytes more");
            Assert.True(slowest < TimeSpan.FromSeconds(5), $"GET /cars took {slowest}");
            Assert.Equal(0, await new SqliteBackDoor(installation.DataDirectory).CountAsync("SELECT count(*) FROM idempotency_keys", Token));
        }
        finally
        {
            foreach (var socket in sockets)
                socket.Dispose();
        }
    }

    /// <summary>Half of them to what is open to all, half to what they have no key for; all under idempotency keys.</summary>
    private static async Task<Socket> OpenAsync(Uri address, int number)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, Token);
        var path = number % 2 == 0 ? "/health" : "/cars";
        await SendAsync(socket, Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: k{number}\r\nContent-Length: 10485760\r\n\r\n"));
        return socket;
    }

    /// <summary>The other side may have had enough.</summary>
    private static async Task SendAsync(Socket socket, byte[] bytes)
    {
        try
        {
            await socket.SendAsync(bytes, Token);
        }
        catch (SocketException)
        {
            // Closed.
        }
    }

    private static async Task<TimeSpan> LookAsync(HttpClient http)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var answer = await http.GetAsync("cars", Token);
        answer.EnsureSuccessStatusCode();
        return TimeProvider.System.GetElapsedTime(begun);
    }
}
