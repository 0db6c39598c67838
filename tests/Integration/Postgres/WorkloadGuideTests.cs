using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BusIngest.Bus;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Readings;
using BusIngest.Support;

namespace BusIngest.Integration.Postgres;

/// <summary>The workload of docs/add-a-workload.md over RabbitMQ and PostgreSQL.</summary>
public sealed class WorkloadGuideTests(SharedServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_store_each_reading_once()
    {
        await using var database = await servers.DatabaseAsync(Token);
        await using var vhost = await servers.VhostAsync(Token);
        using var directory = new TemporaryDirectory();
        await using var app = await ReadingsProgram.StartAsync(directory.Subdirectory("data"), new BusOptions
        {
            Postgres = new PostgresOptions { ConnectionString = database.Url },
            RabbitMq = RabbitMqUrl.Parse(vhost.Url),
            Lane = LaneKind.RabbitMq,
        });
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.First()) };
        Reading[] readings = [.. Enumerable.Range(0, 50).Select(i => new Reading(Guid.NewGuid(), $"m-{i % 2}", i, DateTimeOffset.UnixEpoch.AddSeconds(i)))];

        foreach (var part in new[] { readings, readings[10..30] })
        {
            using var answer = await http.PostAsJsonAsync("readings", part, Token);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        await Eventually.BecomesAsync(
            "All are stored",
            async token => (await http.GetFromJsonAsync<JsonElement>("meters/m-0", token)).GetArrayLength() + (await http.GetFromJsonAsync<JsonElement>("meters/m-1", token)).GetArrayLength(),
            static count => count == 50,
            TimeSpan.FromSeconds(30),
            Token);
        await app.StopAsync(Token);
    }
}
