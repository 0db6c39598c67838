using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using BusIngest.Support;
using BusIngest.Support.Programs;

namespace BusIngest.Faults.Bench;

/// <summary>The command `bench`, as a process, while the service that it loads is killed.</summary>
public sealed class BenchKillTests : FaultTest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("cars")]
    [InlineData("events")]
    public async Task Should_find_stored_once_what_was_acknowledged_by_two_processes(string records)
    {
        var (service, client) = (Install(), Install());
        // One that the system gives to nobody, as the second process serves on it too.
        var port = FreePort();
        (string, string?)[] settings = [("PORT", port), ("SEEDER_ENABLED", "false"), ("RATE_LIMIT_PER_MINUTE", "0")];
        await service.StartAsync(Token, settings);
        var bench = await client.LaunchAsync(client.Settings() with
        {
            Arguments = ["bench", records, "--url", $"http://127.0.0.1:{port}", "--seconds", "8", "--connections", "8", "--rate", "5000", "--json"],
        });

        await Eventually.HoldsAsync("Some are stored", token => StoredAsync(service, records, token), Deadline, Token);
        await RandomMomentAsync("kill", 0, 1_000);
        await service.Program.KillAsync();
        await service.StartAsync(Token, settings);
        var exit = await bench.WaitForExitAsync(Deadline, Token);

        Assert.True(exit.Code == 0, bench.Output.Tail(20));
        var result = JsonSerializer.Deserialize<JsonElement>(bench.Output.Tail(1));
        Assert.Equal(result.GetProperty("acknowledged").GetInt64(), result.GetProperty("stored").GetInt64());
        Assert.InRange(result.GetProperty("answers").GetProperty("broken off").GetInt32(), 1, 100_000);
    }

    private static async Task<bool> StoredAsync(Installation service, string records, CancellationToken cancellationToken)
    {
        var metrics = await service.Api.SendAsync(HttpMethod.Get, "metrics", null, cancellationToken);
        return metrics.Text.Split('\n').Any(line =>
            line.StartsWith($"busingest_{records}_ledger{{entry=\"stored\"}} ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
    }

    private string FreePort()
    {
        while (true)
        {
            var port = Random.Next(10_000, 32_000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port.ToString(CultureInfo.InvariantCulture);
            }
            catch (SocketException)
            {
                // Another one, then.
            }
        }
    }
}
