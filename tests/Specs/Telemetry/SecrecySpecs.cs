using System.Text;
using System.Text.Json;
using BusIngest.Api.Configuration;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Telemetry;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Timers.Api;
using BusIngest.Support.Operating;
using BusIngest.Workers.Sync.Sources;
using BusIngest.Workers.Timers.Webhooks.Signing;
using Microsoft.AspNetCore.Routing;
using Serilog.Events;

namespace BusIngest.Specs.Telemetry;

/// <summary>What nobody may see: in no answer, no log, no metric and no span.</summary>
public sealed class SecrecySpecs : Spec
{
    private const string Key = "hush-the-key-of-ann-0123456789";
    private const string Guess = "hush-a-guessed-key-0123456789";
    private const string WebhookSecret = "hush-the-secret-of-webhooks-0123456789";
    private const string SourceKey = "hush-the-key-of-a-source-0123456789";
    private const string PostedKey = "hush-a-key-that-a-client-posted-0123456789";
    private const string MongoUri = "mongodb://ann:hush-the-password-of-mongodb@127.0.0.1:1/db";
    private const string SealSecret = "hush-the-secret-that-seals-keys-0123456789";

    [Fact]
    public async Task Should_stay_where_they_belong()
    {
        using var spans = new SpanCollector();
        var receiver = Own(await WebhookReceiver.StartAsync());
        receiver.Answer = System.Net.HttpStatusCode.InternalServerError;
        var settings = Settings(receiver);
        var trace = default(System.Diagnostics.ActivityTraceId);
        SeenAnswers seen;
        await using (var service = await RunningService.StartAsync(settings))
        {
            var client = new TracedClient(service);
            trace = client.Trace;
            seen = new SeenAnswers(service.Http, Key, Guess);
            await seen.AskAsync("POST", "cars", CarText.Good, Token);
            await seen.AskAsync("POST", "cars", "[{", Token);
            var timer = Json(await seen.AskAsync("POST", "api/v1/timer", TimerBody.Of(0, receiver.Url), Token)).GetProperty("timer").GetProperty("timerId");
            await seen.AskAsync("POST", "sync/runs", """{"source":"own"}""", Token);
            var run = Json(await seen.AskAsync("POST", "sync/runs", $$"""{"baseUrl":"http://127.0.0.1:1","apiKey":"{{PostedKey}}"}""", Token)).GetProperty("runId");
            await UntilAsync("The webhook was called", () => !receiver.Bodies.IsEmpty);
            foreach (var path in new[] { "sagas/timer?limit=1", $"sagas/timer/{timer}", "sagas/sync-source", "metrics", "health" })
                await seen.AskAsync("GET", path, null, Token);
            var routes = MappedRoutes.Of(
                service.Get<EndpointDataSource>(), ("timerId", $"{timer}"), ("runId", $"{run}"), ("kind", "sync-run"), ("correlationId", $"{run}"), ("page", "sync"));
            // First what changes nothing.
            await seen.AskAllAsync(routes.Where(route => route.Method is "GET"), Token);
            await seen.AskAllAsync(routes.Where(route => route.Method is not "GET"), Token);
            using var refused = await client.SendAsync(HttpMethod.Get, $"cars?X-API-Key={Guess}");
            seen.Add(await refused.Content.ReadAsStringAsync(Token));
            foreach (var saga in (await service.Get<BusIngest.Bus.Sagas.ISagaDocuments>().ListAsync("sync-run", null, null, 10, Token)))
                seen.Add(Encoding.UTF8.GetString(saga.Document.Span));
        }

        await seen.AddFilesAsync(settings.Logs.Directory, Token);
        foreach (var span in spans.Of(trace))
            seen.Add($"{span.DisplayName} {string.Join(' ', span.TagObjects)}");

        Assert.InRange(seen.Text.Length, 10_000, int.MaxValue);
        Assert.Contains(Meters.Name.ToLowerInvariant(), seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", seen.Text, StringComparison.Ordinal);
    }

    private Settings Settings(WebhookReceiver receiver)
    {
        var settings = WebhookReceiver.SettingsIn(Folder);
        return settings with
        {
            ApiKeys = [new ApiKey("ann", Key)],
            Mongo = MongoOptions.Parse(MongoUri),
            Logs = settings.Logs with { Level = LogEventLevel.Verbose },
            Webhooks = settings.Webhooks with { Secrets = [Secret()] },
            Sync = settings.Sync with
            {
                Secret = SealSecret,
                AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal),
                Sources = new Dictionary<string, ConfiguredSource>(StringComparer.Ordinal)
                {
                    ["own"] = new(new() { BaseUrl = receiver.Url }, new Bus.ReloadableText(SourceKey)),
                },
            },
        };
    }

    private static SigningSecret Secret() => SigningSecret.TryParse(WebhookSecret, out var secret, out var error) ? secret : throw new FormatException(error);

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
