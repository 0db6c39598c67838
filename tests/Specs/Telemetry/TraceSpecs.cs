using System.Diagnostics;
using System.Net;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Timers.Api;
using Microsoft.AspNetCore.Builder;

namespace BusIngest.Specs.Telemetry;

/// <summary>One trace from a client's request to the last thing that comes of it.</summary>
public sealed class TraceSpecs : Spec
{
    private readonly SpanCollector _spans = new();

    [Fact]
    public async Task Should_go_from_a_request_over_the_schedule_to_a_timers_webhook()
    {
        Own(_spans);
        var receiver = Own(await WebhookReceiver.StartAsync());
        var service = Own(await RunningService.StartAsync(WebhookReceiver.SettingsIn(Folder)));
        var client = new TracedClient(service);

        using var answer = await client.SendAsync(
            HttpMethod.Post, "api/v1/timer", $$"""{"hours":0,"minutes":0,"seconds":1,"webhookUrl":"{{receiver.Url}}"}""");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        await UntilAsync("It is delivered and noted", () => _spans.NamesOf(client.Trace).Contains("process WebhookDelivered", StringComparer.Ordinal));
        await UntilAsync("The request is over", () => _spans.NamesOf(client.Trace).Contains("POST /api/v1/timer", StringComparer.Ordinal));
        _spans.AssertWhole(client.Trace, client.Span);
        Assert.Equal(
            ["POST /api/v1/timer", "outbox CreateTimer", "process CreateTimer", "schedule TimerDue", "process TimerDue", "process DeliverWebhook", "webhook"],
            PathTo("webhook", client));
        var webhook = _spans.Find(client.Trace, "webhook");
        Assert.Equal((ActivityKind.Client, "127.0.0.1", 200), (webhook.Kind, webhook.GetTagItem("server.address"), webhook.GetTagItem("http.response.status_code")));
        Assert.Equal("Finished", _spans.Find(client.Trace, "process WebhookDelivered").GetTagItem("busingest.saga.state"));
        Assert.Equal("timer-webhook", _spans.Find(client.Trace, "process DeliverWebhook").GetTagItem("messaging.destination.name"));
    }

    [Fact]
    public async Task Should_go_from_a_request_through_the_chunks_of_a_run_of_orders()
    {
        Own(_spans);
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with { OrderRun = new() { ChunkSize = 500 } }));
        var client = new TracedClient(service);

        using var answer = await client.SendAsync(HttpMethod.Post, "pedidos/generate?quantity=1500");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await UntilAsync("It is done", async token => (await service.Cars.GetAsync("pedidos", token)).GetProperty("phase").ValueEquals("DONE"));
        await UntilAsync(
            "The request is over, and the last phase is recorded",
            _ => Task.FromResult(string.Join(", ", _spans.NamesOf(client.Trace))),
            seen => seen.Contains("POST /pedidos/generate", StringComparison.Ordinal) && seen.Contains("process OrderRunAdvanced", StringComparison.Ordinal));
        _spans.AssertWhole(client.Trace, client.Span);
        var names = _spans.NamesOf(client.Trace);
        Assert.Equal(3, names.Count(name => name is "process GenerateOrderChunk"));
        Assert.Equal(3, names.Count(name => name is "process OrderChunkGenerated"));
        Assert.Superset(
            new HashSet<string>(["process GenerateOrders", "process ProcessVipOrders", "process ProcessNormalOrders", "process OrdersProcessed"], StringComparer.Ordinal),
            names.ToHashSet(StringComparer.Ordinal));
        var path = PathTo("process ProcessVipOrders", client);
        Assert.Equal(["POST /pedidos/generate", "process GenerateOrders", "process GenerateOrderChunk"], path.Take(3), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_go_from_a_request_to_the_storing_of_its_records()
    {
        Own(_spans);
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        var client = new TracedClient(service);

        using var answer = await client.SendAsync(HttpMethod.Post, "cars", CarText.Good);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await UntilAsync("It is stored", () => _spans.NamesOf(client.Trace).Count == 3);
        Assert.Equal(["POST /cars", "outbox Car", "process CarGenerated"], PathTo("process CarGenerated", client));
    }

    [Fact]
    public async Task Should_tell_of_an_error_without_what_it_says()
    {
        Own(_spans);
        var service = Own(await RunningService.StartAsync(
            RunningService.SettingsIn(Folder), app => app.MapGet("/explode", string () => throw new InvalidOperationException("hush"))));
        var client = new TracedClient(service);

        using var answer = await client.SendAsync(HttpMethod.Get, "explode?key=hush");

        await UntilAsync("The request is over", () => _spans.Of(client.Trace).Count == 1);
        var span = _spans.Of(client.Trace)[0];
        Assert.Equal((ActivityStatusCode.Error, 500), (span.Status, span.GetTagItem("http.response.status_code")));
        Assert.DoesNotContain("hush", string.Join(' ', span.TagObjects) + span.DisplayName + span.StatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_leave_out_looks_at_health_and_metrics()
    {
        Own(_spans);
        var service = Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
        var client = new TracedClient(service);

        using (await client.SendAsync(HttpMethod.Get, "health/live"))
        using (await client.SendAsync(HttpMethod.Get, "metrics"))
        using (await client.SendAsync(HttpMethod.Get, "slo"))
            await UntilAsync("All are over", () => _spans.Of(client.Trace).Count == 3);

        Assert.Equal("GET /slo", Assert.Single(_spans.Of(client.Trace), span => span.Recorded).DisplayName);
    }

    /// <summary>The names from the client's request to a span.</summary>
    private List<string> PathTo(string name, TracedClient client)
    {
        var spans = _spans.Of(client.Trace).ToDictionary(span => span.SpanId);
        var path = new List<string>();
        for (var span = _spans.Find(client.Trace, name); ; span = spans[span.ParentSpanId])
        {
            path.Insert(0, span.DisplayName);
            if (span.ParentSpanId == client.Span)
                return path;
        }
    }
}
