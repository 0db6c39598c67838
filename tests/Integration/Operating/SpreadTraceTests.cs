using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using BusIngest.Bus.Telemetry;
using BusIngest.Support.Timers;

namespace BusIngest.Integration.Operating;

/// <summary>One trace from a client's request over all processes to the last thing that comes of it.</summary>
public sealed class SpreadTraceTests(SharedServers servers) : SpreadTest(servers)
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly ActivitySpanId _client = ActivitySpanId.CreateRandom();

    [Fact]
    public async Task Should_trace_a_timer_and_show_its_saga()
    {
        using var listener = Listen();
        await using var sink = await WebhookSink.StartAsync(Token);
        using var body = new StringContent(
            $$"""{"hours":0,"minutes":0,"seconds":1,"webhookUrl":"{{sink.Url("traced", WebhookBehaviour.Prompt)}}"}""", Encoding.UTF8, "application/json");
        var answer = await SendAsync("api/v1/timer", body, HttpStatusCode.Created);
        var id = answer.GetProperty("timer").GetProperty("timerId").GetGuid();

        await WholeAsync(
            "POST /api/v1/timer", "outbox CreateTimer", "process CreateTimer", "schedule TimerDue", "process TimerDue", "process DeliverWebhook", "webhook", "process WebhookDelivered");

        await BecomesAsync("It is finished", async token => (await Api.Api.GetAsync("sagas/timer?state=Finished", token)).GetProperty("sagas").GetArrayLength() == 1);
        var saga = await Api.Api.GetAsync($"sagas/timer/{id}", Token);
        Assert.Equal(["CreateTimer", "TimerDue", "WebhookDelivered"], saga.GetProperty("history").EnumerateArray().Select(step => step.GetProperty("event").GetString()!), StringComparer.Ordinal);
        Assert.Equal(5, (await Api.Api.GetAsync("sagas", Token)).GetProperty("kinds").GetArrayLength());
    }

    [Fact]
    public async Task Should_trace_the_chunks_of_a_run_of_orders()
    {
        using var listener = Listen();

        await SendAsync("pedidos/generate?quantity=1500", null, HttpStatusCode.Accepted);

        await BecomesAsync("It is done", async token => (await Api.Api.GetAsync("pedidos", token)).GetProperty("phase").ValueEquals("DONE"));
        await WholeAsync(
            "POST /pedidos/generate", "process GenerateOrders", "process GenerateOrderChunk", "process OrderChunkGenerated", "process ProcessVipOrders",
            "process ProcessNormalOrders", "process OrdersProcessed", "process OrderRunAdvanced");
    }

    /// <summary>Waits until spans of these names are over, and every span of the trace hangs on another one of it.</summary>
    private Task WholeAsync(params string[] names) => BecomesAsync(
        $"The trace has {string.Join(", ", names)}, and is whole",
        _ =>
        {
            var spans = _spans.Where(span => span.TraceId == _trace).ToDictionary(span => span.SpanId);
            var seen = spans.Values.Select(span => span.DisplayName).ToHashSet(StringComparer.Ordinal);
            return Task.FromResult(
                names.All(seen.Contains) && spans.Values.All(span => span.ParentSpanId == _client || spans.ContainsKey(span.ParentSpanId)));
        });

    private async Task<JsonElement> SendAsync(string route, HttpContent? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = body };
        request.Headers.Add("traceparent", $"00-{_trace}-{_client}-01");
        using var response = await Api.Http.SendAsync(request, Token);
        Assert.Equal(expected, response.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Token));
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Tracing.SourceName or "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
