using System.Text;
using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Support;
using BusIngest.Support.Servers;
using BusIngest.Workers.Timers.Webhooks.Signing;
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

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _folder = new();
    private readonly StringBuilder _seen = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_stay_where_they_belong()
    {
        await using var database = await servers.DatabaseAsync(Token);
        await using var vhost = await servers.VhostAsync(Token);
        await using var user = await BrokerUser.CreateAsync(servers.Cluster.RabbitMqManagement, vhost.Name, BrokerPassword, Token);
        await using (var service = await SpreadService.StartAsync(database, vhost, Roles.Needed, change: settings => Secretive(settings, database, user.In(vhost.Url))))
        {
            await AskAsync(service, "POST", "cars", """{"normalizedMake":"fiat","normalizedModel":"500","year":1957,"price":9500,"location":"turin"}""");
            await AskAsync(service, "POST", "cars", "[{");
            await AskAsync(service, "POST", "api/v1/timer", """{"hours":1,"minutes":0,"seconds":0,"webhookUrl":"http://127.0.0.1:1/"}""");
            await AskAsync(service, "POST", "sync/runs", $$"""{"baseUrl":"http://127.0.0.1:1","apiKey":"{{PostedKey}}"}""");
            await Eventually.HoldsAsync(
                "The run is listed",
                async token => (await AskAsync(service, "GET", "sync/runs", null, token)).Contains("127.0.0.1:1", StringComparison.Ordinal),
                Deadline,
                Token);
            foreach (var path in Looks)
                await AskAsync(service, "GET", path);
            await user.LockOutAsync(Token);
            await AskAsync(service, "POST", "cars", """{"normalizedMake":"fiat","normalizedModel":"500","year":1957,"price":9500,"location":"turin"}""");
        }

        Assert.Contains("busingest_outbox_mode", _seen.ToString(), StringComparison.Ordinal);
        await AssertQuietAsync();
    }

    [Fact]
    public async Task Should_stay_there_while_nobody_can_be_reached()
    {
        await using var database = await servers.DatabaseAsync(Token);
        await using var vhost = await servers.VhostAsync(Token);
        var nowhere = $"amqp://guest:{BrokerPassword}@127.0.0.1:1/x";
        await using (var service = await SpreadService.StartAsync(database, vhost, Roles.Needed, change: settings => Secretive(settings, database, nowhere) with
        {
            Postgres = new() { ConnectionString = $"postgres://ann:{DatabasePassword}@127.0.0.1:1/busingest" },
        }))
        {
            foreach (var path in Looks)
                await AskAsync(service, "GET", path);
            await AskAsync(service, "POST", "cars", """{"normalizedMake":"fiat","normalizedModel":"500","year":1957,"price":9500,"location":"turin"}""");
            await Eventually.HoldsAsync(
                "It complains", _ => Task.FromResult(new FileInfo(Path.Combine(_folder.Path, "warn.messages")) is { Exists: true, Length: > 0 }), Deadline, Token);
        }

        await AssertQuietAsync();
    }

    private static IEnumerable<string> Looks =>
    [
        "", "cars", "cars/stats", "outbox", "outbox/sessions", "pedidos", "api/v1/timers", "sync/runs", "sagas", "sagas/sync-run", "sagas/sync-source", "sagas/timer",
        "messages/failed", "metrics", "slo", "health", "health/ready", "dashboard/outbox", "dashboard/sync", "dashboard/logs", "openapi/v1.json",
    ];

    private Settings Secretive(Settings settings, ScratchDatabase database, string broker) => settings with
    {
        ApiKeys = [new ApiKey("ann", Key)],
        Logs = settings.Logs with { Directory = _folder.Path, Level = LogEventLevel.Verbose },
        Postgres = new() { ConnectionString = new UriBuilder(database.Url) { Password = DatabasePassword }.Uri.ToString() },
        RabbitMq = RabbitMqUrl.Parse(broker),
        Webhooks = settings.Webhooks with { Secrets = [SigningSecret.TryParse(WebhookSecret, out var secret, out var error) ? secret : throw new FormatException(error)] },
        Sync = settings.Sync with { Secret = SealSecret, AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal) },
    };

    private async Task<string> AskAsync(SpreadService service, string method, string path, string? body = null, CancellationToken? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-API-Key", Key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await service.Http.SendAsync(request, token ?? Token);
        var text = await response.Content.ReadAsStringAsync(token ?? Token);
        _seen.AppendLine(response.ToString()).AppendLine(text);
        return text;
    }

    private async Task AssertQuietAsync()
    {
        foreach (var file in Directory.GetFiles(_folder.Path))
            _seen.Append(await File.ReadAllTextAsync(file, Token));
        Assert.InRange(_seen.Length, 5_000, int.MaxValue);
        Assert.DoesNotContain("hush", _seen.ToString(), StringComparison.Ordinal);
    }
}
