using System.Net.Sockets;
using System.Text;
using BusIngest.Support;

namespace BusIngest.Faults.BadInput;

/// <summary>Clients that break off in the middle: nothing of theirs is stored, and everybody else is served.</summary>
public sealed class BrokenConnectionTests(ServedProgram program) : IClassFixture<ServedProgram>
{
    private const int Clients = 20;

    private static readonly string[] Starts =
    [
        "POST /cars HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n[" + CarText.Good + ",",
        "POST /cars HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1,2",
        "POST /cars HTTP/1.1\r\nHost: loc",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Should_store_nothing_of_a_request_that_breaks_off(int start)
    {
        var api = program.Installation.Api;
        var address = program.Installation.Address!;
        for (var client = 0; client < Clients; client++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(address.Host, address.Port, Token);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Starts[start].Replace("ö", "o", StringComparison.Ordinal)), Token);
            if (client % 2 == 0)
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        var stats = await Eventually.BecomesAsync("The program answers", api.StatsAsync, static s => s.AtRest, TimeSpan.FromSeconds(10), Token);
        Assert.Equal(0, stats.Generated);
        Assert.Equal(0, program.Installation.StoredCars.Count());
        Assert.False(program.Installation.Program.HasExited);
        Assert.DoesNotContain(" ERR ", program.Installation.Program.Output.Text(), StringComparison.Ordinal);
    }
}
