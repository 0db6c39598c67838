using System.Text.Json;
using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Support;
using BusIngest.Support.Operating;
using BusIngest.Support.Servers;
using BusIngest.Workers.Timers.Webhooks.Signing;
using Microsoft.AspNetCore.Routing;
using Serilog.Events;

namespace BusIngest.Integration.Operating;

/// <summary>What nobody may see, over RabbitMQ and PostgreSQL: in no answer, no log and no metric, while the servers are there and while they are not.</summary>
public sealed class SpreadSecrecyTests(SharedServers servers) : IDisposable
{
    private const string Key = "hush-the-key-of-ann-0123456789";
    private const string DatabasePassword = "hush-the-database";
    private const string BrokerPassword = "hush-the-broker";
    private const string WebhookSecret = "hush-the-secret-of-webhooks-0123456789";
    private const string SealSecret = "hush-the-secret-that-seals-keys-0123456789";
    private const string PostedKey = "hush-a-key-that-a-client-posted-0123456789";

    private const string Car = """{"normalizedMake":"fiat","normalizedModel":"500","year":1957,"price":9500,"location":"turin"}""";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_stay_where_they_belong()
    {
        await using var database = await servers.DatabaseAsync(Token);
        await using var vhost = await servers.VhostAsync(Token);
        await using var user = await BrokerUser.CreateAsync(servers.Cluster.RabbitMqManagement, vhost.Name, BrokerPassword, Token);
        await using var owner = await DatabaseUser.CreateAsync(database, DatabasePassword, Token);
        SeenAnswers seen;
        await using (var service = await SpreadService.StartAsync(database, vhost, Roles.Needed, change: settings => Secretive(settings, owner.Url, user.In(vhost.Url))))
        {
            seen = new SeenAnswers(service.Http, Key);
            await seen.AskAsync("POST", "cars", Car, Token);
            await seen.AskAsync("POST", "cars", "[{", Token);
            var timer = Json(await seen.AskAsync("POST", "api/v1/timer", """{"hours":1,"minutes":0,"seconds":0,"webhookUrl":"http://127.0.0.1:1/"}""", Token))
                .GetProperty("timer").GetProperty("timerId");
            var run = Json(await seen.AskAsync("POST", "sync/runs", $$"""{"baseUrl":"http://127.0.0.1:1","apiKey":"{{PostedKey}}"}""", Token)).GetProperty("runId");
            await Eventually.HoldsAsync(
                "The run is listed",
                async token => (await seen.AskAsync("GET", "sync/runs", null, token)).Contains("127.0.0.1:1", StringComparison.Ordinal),
                Deadline,
                Token);
            var routes = MappedRoutes.Of(
                service.Get<EndpointDataSource>(), ("timerId", $"{timer}"), ("runId", $"{run}"), ("kind", "sync-run"), ("correlationId", $"{run}"), ("page", "sync"));
            Assert.Empty(Described(await seen.AskAsync("GET", "openapi/v1.json", null, Token))
                .Except(routes.Select(route => $"{route.Method} /{route.Pattern}"), StringComparer.Ordinal));
            foreach (var path in Looks.Append($"sagas/timer/{timer}"))
                await seen.AskAsync("GET", path, null, Token);
            var views = routes.Where(route => route.Method is "GET").ToList();
            await seen.AskAllAsync(views, Token);
            await seen.AskAllAsync(routes.Except(views), Token);
            foreach (var undo in new[] { "outbox/close", "cars/seeder/stop" })
                await seen.AskAsync("POST", undo, null, Token);
            await user.LockOutAsync(Token);
            await seen.AskAsync("POST", "cars", Car, Token);
            await seen.AskAllAsync(views, Token);
        }

        Assert.Contains("busingest_outbox_mode", seen.Text, StringComparison.Ordinal);
        await AssertQuietAsync(seen);
    }

    [Fact]
    public async Task Should_stay_there_while_nobody_can_be_reached()
    {
        await using var database = await servers.DatabaseAsync(Token);
        await using var vhost = await servers.VhostAsync(Token);
        var nowhere = $"amqp://guest:{BrokerPassword}@127.0.0.1:1/x";
        SeenAnswers seen;
        await using (var service = await SpreadService.StartAsync(database, vhost, Roles.Needed, change: settings => Secretive(settings, $"postgres://ann:{DatabasePassword}@127.0.0.1:1/busingest", nowhere)))
        {
            seen = new SeenAnswers(service.Http, Key);
            foreach (var path in Looks)
                await seen.AskAsync("GET", path, null, Token);
            await seen.AskAsync("POST", "cars", Car, Token);
            await seen.AskAllAsync(MappedRoutes.Of(service.Get<EndpointDataSource>()).Where(route => route.Method is "GET"), Token);
            await Eventually.HoldsAsync(
                "It complains", _ => Task.FromResult(new FileInfo(Path.Combine(_folder.Path, "warn.messages")) is { Exists: true, Length: > 0 }), Deadline, Token);
        }

        await AssertQuietAsync(seen);
    }

    /// <summary>What the routes look like with other parameters, and what is open to everyone.</summary>
    private static IEnumerable<string> Looks => ["sagas/sync-source", "sagas/timer", "dashboard/outbox", "dashboard/logs", "health", "health/ready"];

    /// <summary>The routes of an OpenAPI document.</summary>
    private static IEnumerable<string> Described(string document) => Json(document).GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));

    private Settings Secretive(Settings settings, string database, string broker) => settings with
    {
        ApiKeys = [new ApiKey("ann", Key)],
        Logs = settings.Logs with { Directory = _folder.Path, Level = LogEventLevel.Verbose },
        Postgres = new() { ConnectionString = database },
        RabbitMq = RabbitMqUrl.Parse(broker),
        Webhooks = settings.Webhooks with { Secrets = [SigningSecret.TryParse(WebhookSecret, out var secret, out var error) ? secret : throw new FormatException(error)] },
        Sync = settings.Sync with { Secret = SealSecret, AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal) },
    };

    private async Task AssertQuietAsync(SeenAnswers seen)
    {
        await seen.AddFilesAsync(_folder.Path, Token);
        Assert.InRange(seen.Text.Length, 5_000, int.MaxValue);
        Assert.DoesNotContain("hush", seen.Text, StringComparison.Ordinal);
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
