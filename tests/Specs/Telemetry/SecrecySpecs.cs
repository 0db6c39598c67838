using System.Text;
using BusIngest.Api.Configuration;
using BusIngest.Bus.Telemetry;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Security;
using BusIngest.Specs.Timers.Api;
using BusIngest.Workers.Sync.Sources;
using BusIngest.Workers.Timers.Webhooks.Signing;
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
    private const string SealSecret = "hush-the-secret-that-seals-keys-0123456789";

    [Fact]
    public async Task Should_stay_where_they_belong()
    {
        using var spans = new SpanCollector();
        var seen = new StringBuilder();
        var receiver = Own(await WebhookReceiver.StartAsync());
        receiver.Answer = System.Net.HttpStatusCode.InternalServerError;
        var settings = Settings(receiver);
        var trace = default(System.Diagnostics.ActivityTraceId);
        await using (var service = await RunningService.StartAsync(settings))
        {
            var client = new TracedClient(service);
            trace = client.Trace;
            await AskAsync(service, seen, "POST", "cars", CarText.Good);
            await AskAsync(service, seen, "POST", "cars", "[{");
            await AskAsync(service, seen, "POST", "api/v1/timer", TimerBody.Of(0, receiver.Url));
            await AskAsync(service, seen, "POST", "sync/runs", """{"source":"own"}""");
            await AskAsync(service, seen, "POST", "sync/runs", $$"""{"baseUrl":"http://127.0.0.1:1","apiKey":"{{PostedKey}}"}""");
            await UntilAsync("The webhook was called", () => !receiver.Bodies.IsEmpty);
            foreach (var path in new[] { "sagas/timer?limit=1", "sagas/sync-run", "sagas/sync-source", "messages/failed", "sync/runs", "metrics", "slo", "health" })
                await AskAsync(service, seen, "GET", path);
            foreach (var route in MappedRoutes.Of(service).Where(route => route.Method is "GET"))
                await AskAsync(service, seen, "GET", route.Path);
            using var refused = await client.SendAsync(HttpMethod.Get, $"cars?X-API-Key={Guess}");
            seen.Append(await refused.Content.ReadAsStringAsync(Token));
            foreach (var saga in (await service.Get<BusIngest.Bus.Sagas.ISagaDocuments>().ListAsync("sync-run", null, null, 10, Token)))
                seen.Append(Encoding.UTF8.GetString(saga.Document.Span));
        }

        foreach (var file in Directory.GetFiles(settings.Logs.Directory))
            seen.Append(await File.ReadAllTextAsync(file, Token));
        foreach (var span in spans.Of(trace))
            seen.Append(span.DisplayName).AppendJoin(' ', span.TagObjects);

        Assert.InRange(seen.Length, 10_000, int.MaxValue);
        Assert.Contains(Meters.Name.ToLowerInvariant(), seen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", seen.ToString(), StringComparison.Ordinal);
    }

    private Settings Settings(WebhookReceiver receiver)
    {
        var settings = WebhookReceiver.SettingsIn(Folder);
        return settings with
        {
            ApiKeys = [new ApiKey("ann", Key)],
            Logs = settings.Logs with { Level = LogEventLevel.Verbose },
            Webhooks = settings.Webhooks with { Secrets = [Secret()] },
            Sync = settings.Sync with
            {
                Secret = SealSecret,
                AllowedHosts = new HashSet<string>(["127.0.0.1"], StringComparer.Ordinal),
                Sources = new Dictionary<string, ConfiguredSource>(StringComparer.Ordinal)
                {
                    ["own"] = new(new() { BaseUrl = receiver.Url }, SourceKey),
                },
            },
        };
    }

    private static SigningSecret Secret() => SigningSecret.TryParse(WebhookSecret, out var secret, out var error) ? secret : throw new FormatException(error);

    private static async Task AskAsync(RunningService service, StringBuilder seen, string method, string path, string? body = null)
    {
        foreach (var key in new[] { Key, Guess })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("X-API-Key", key);
            if (body is not null)
                request.Content = CarRequests.Body(body);
            using var response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
            seen.AppendLine(response.ToString());
            if (response.Content.Headers.ContentType?.MediaType is not "text/event-stream")
                seen.AppendLine(await response.Content.ReadAsStringAsync(Token));
        }
    }
}
