using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using BusIngest.Bus;
using BusIngest.Bus.Retention;
using BusIngest.Bus.Telemetry;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;
using BusIngest.Support.Servers;
using BusIngest.Support.Timers;
using Npgsql;

namespace BusIngest.Integration.Operating;

/// <summary>The routes and the telemetry of operating, over several processes, RabbitMQ and PostgreSQL.</summary>
public sealed class SpreadOperationTests(SharedServers servers) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Activity> _spans = new();
    private ScratchDatabase? _database;
    private ScratchVhost? _vhost;
    private SpreadService? _api;
    private SpreadService? _worker;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SpreadService Api => _api!;

    public async ValueTask InitializeAsync()
    {
        _database = await servers.DatabaseAsync(Token);
        _vhost = await servers.VhostAsync(Token);
        _api = await SpreadService.StartAsync(_database, _vhost, Roles.Api);
        _worker = await SpreadService.StartAsync(_database, _vhost, Roles.Workers | Roles.Sagas | Roles.Scheduler);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var disposable in new IAsyncDisposable?[] { _api, _worker, _vhost, _database })
        {
            if (disposable is not null)
                await disposable.DisposeAsync();
        }
    }

    [Fact]
    public async Task Should_list_mend_and_drop_what_another_process_gave_up()
    {
        var failures = new FailuresApi(Api.Api);
        await RunAsync("ALTER TABLE cars ADD CONSTRAINT poison CHECK (normalized_make <> 'poison')");
        var car = ClientCar.Of(Guid.NewGuid()) with { NormalizedMake = "poison" };
        var dropped = ClientCar.Of(Guid.NewGuid()) with { NormalizedMake = "poison" };
        Assert.Equal(HttpStatusCode.Accepted, (await Api.Api.PostCarsAsync([car], Token)).Status);
        var failed = (await failures.WaitForAsync(1, Token))[0];
        Assert.Equal(HttpStatusCode.Accepted, (await Api.Api.PostCarsAsync([dropped], Token)).Status);
        var other = (await failures.WaitForAsync(2, Token))[0];

        Assert.Equal(("CarGenerated", "cars-store", 2), (failed.Type, failed.Endpoint, failed.Attempts));
        Assert.Contains($"{car.Id}", failed.Payload, StringComparison.Ordinal);
        Assert.Contains("poison", failed.Exception, StringComparison.Ordinal);
        Assert.Equal(0, (await Api.Api.GetAsync("messages/failed?type=Other", Token)).GetProperty("messages").GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent, (await failures.DeleteAsync(other.Id, Token)).Status);
        await RunAsync("ALTER TABLE cars DROP CONSTRAINT poison");
        Assert.Equal(1, (await failures.RetryAllAsync("CarGenerated", Token)).Json().GetProperty("retried").GetInt32());

        await BecomesAsync("It is stored", async token => await Api.Api.StatusAsync($"cars/{car.Id}", token) == HttpStatusCode.OK);
        Assert.Empty(await failures.ListAsync(Token));
        Assert.Equal(HttpStatusCode.NotFound, (await failures.RetryAsync(failed.Id, Token)).Status);
        Assert.Equal(HttpStatusCode.NotFound, await Api.Api.StatusAsync($"cars/{dropped.Id}", Token));
    }

    [Fact]
    public async Task Should_store_what_was_edited_once()
    {
        var failures = new FailuresApi(Api.Api);
        await RunAsync("ALTER TABLE cars ADD CONSTRAINT poison CHECK (normalized_make <> 'poison')");
        var car = ClientCar.Of(Guid.NewGuid()) with { NormalizedMake = "poison" };
        Assert.Equal(HttpStatusCode.Accepted, (await Api.Api.PostCarsAsync([car], Token)).Status);
        var failed = (await failures.WaitForAsync(1, Token))[0];
        Assert.Equal(HttpStatusCode.BadRequest, (await failures.RetryAsync(failed.Id, """{"payload":[{"year":"x"}]}""", Token)).Status);
        Assert.Equal(failed, Assert.Single(await failures.ListAsync(Token)));

        var edited = $$"""{"payload":{{failed.Payload.Replace("poison", "mended", StringComparison.Ordinal)}}}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => failures.RetryAsync(failed.Id, edited, Token)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Accepted);
        await BecomesAsync("It is stored", async token => await Api.Api.StatusAsync($"cars/{car.Id}", token) == HttpStatusCode.OK);
        Assert.Equal("mended", (await Api.Api.GetAsync($"cars/{car.Id}", Token)).GetProperty("normalizedMake").GetString());
        await RunAsync("DO $$ BEGIN ASSERT (SELECT count(*) FROM cars) = 1; END $$");
        Assert.Empty(await failures.ListAsync(Token));
    }

    [Fact]
    public async Task Should_show_the_events_on_their_page()
    {
        using var body = new StringContent("""
            {"events":[{"event_id":"1","account_id":"acme","user_id":"ann","type":"login","timestamp":"NOW"},{"event_id":"2","account_id":"acme","user_id":"bob","type":"custom","timestamp":"NOW"},
            {"event_id":"2","account_id":"acme","user_id":"bob","type":"custom","timestamp":"NOW"},{"event_id":"3","account_id":"small","user_id":"bob","type":"custom","timestamp":"NOW"}]}
            """.Replace("NOW", $"{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}", StringComparison.Ordinal));
        using var posted = await Api.Http.PostAsync("events", body, Token);
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);

        await ShowsAsync("dashboard/events?account=acme", ">Accepted</span>", ">acme</a></td>", ">small</a></td>", "aria-label=\"custom: 50.0 %\"", ">ann</td>");
        await ShowsAsync("", "4 accepted = 3 stored", "1 known before");

        Task ShowsAsync(string page, params string[] texts) => Eventually.BecomesAsync(
            $"/{page} lacks nothing of what it should show",
            async token =>
            {
                var shown = await Api.Http.GetStringAsync(page, token);
                return string.Join(", ", texts.Where(text => !shown.Contains(text, StringComparison.Ordinal)));
            },
            static lacks => lacks.Length == 0,
            TimeSpan.FromSeconds(30),
            Token);
    }

    [Fact]
    public async Task Should_trace_a_timer_over_all_processes_and_show_its_saga()
    {
        using var listener = Listen();
        await using var sink = await WebhookSink.StartAsync(Token);
        var (trace, client) = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/timer")
        {
            Content = new StringContent(
                $$"""{"hours":0,"minutes":0,"seconds":1,"webhookUrl":"{{sink.Url("traced", WebhookBehaviour.Prompt)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", $"00-{trace}-{client}-01");
        using var response = await Api.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var id = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Token)).GetProperty("timer").GetProperty("timerId").GetGuid();

        await BecomesAsync("The trace is whole", _ => Task.FromResult(Names().Contains("process WebhookDelivered") && Names().Contains("POST /api/v1/timer")));
        var spans = _spans.Where(span => span.TraceId == trace).ToDictionary(span => span.SpanId);
        Assert.All(spans.Values, span => Assert.True(span.ParentSpanId == client || spans.ContainsKey(span.ParentSpanId), span.DisplayName));
        Assert.Superset(
            new HashSet<string>(
                ["outbox CreateTimer", "process CreateTimer", "schedule TimerDue", "process TimerDue", "process DeliverWebhook", "webhook"], StringComparer.Ordinal),
            Names().ToHashSet(StringComparer.Ordinal));

        await BecomesAsync("It is finished", async token => (await Api.Api.GetAsync("sagas/timer?state=Finished", token)).GetProperty("sagas").GetArrayLength() == 1);
        var saga = await Api.Api.GetAsync($"sagas/timer/{id}", Token);
        Assert.Equal(["CreateTimer", "TimerDue", "WebhookDelivered"], saga.GetProperty("history").EnumerateArray().Select(step => step.GetProperty("event").GetString()!), StringComparer.Ordinal);
        Assert.Equal(5, (await Api.Api.GetAsync("sagas", Token)).GetProperty("kinds").GetArrayLength());

        List<string> Names() => [.. _spans.Where(span => span.TraceId == trace).Select(span => span.DisplayName)];
    }

    [Fact]
    public async Task Should_tell_the_figures_of_both_forms_of_process()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await Api.Api.PostCarsAsync([ClientCar.Of(Guid.NewGuid())], Token)).Status);
        await BecomesAsync("It is in the ledger", async token =>
            (await Api.Http.GetStringAsync("metrics", token)).Contains("busingest_cars_ledger{entry=\"stored\"} 1\n", StringComparison.Ordinal));
        var api = await Api.Http.GetStringAsync("metrics", Token);
        var worker = await _worker!.Http.GetStringAsync("metrics", Token);

        Assert.Contains("busingest_outbox_mode{lane=\"rabbitmq\",mode=\"RABBITMQ_MODE\"} 1\n", api, StringComparison.Ordinal);
        Assert.Contains("busingest_backlog_messages{stage=\"broker\",workload=\"cars\",name=\"cars-store\"} 0\n", api, StringComparison.Ordinal);
        Assert.Contains("busingest_sagas{kind=\"timer\",state=\"Running\"} 0\n", api, StringComparison.Ordinal);
        Assert.DoesNotContain("} 1\n", string.Join('\n', api.Split('\n').Where(line => line.StartsWith("busingest_figures_unavailable", StringComparison.Ordinal)).Append("")), StringComparison.Ordinal);
        Assert.DoesNotContain("busingest_sagas{", worker, StringComparison.Ordinal);
        Assert.Contains("busingest_outbox_parked{lane=\"rabbitmq\"} 0\n", worker, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_delete_what_is_past_its_retention_and_nothing_else()
    {
        foreach (var (days, rows) in new[] { (8, 4_500), (6, 3) })
        {
            await RunAsync($"""
                INSERT INTO failed_messages (id, message_id, message_type, endpoint, records, attempts, exception_type, exception_message, exception_detail, failed_at, content_type, body)
                SELECT gen_random_uuid(), gen_random_uuid(), 'T', 'e', 1, 1, 'x', 'x', 'x', now() - interval '{days} days', 'c', '' FROM generate_series(1, {rows});
                INSERT INTO timer_attempts (timer_id, attempt, started_at, duration_ms)
                SELECT gen_random_uuid(), 1, now() - interval '{days} days', 1 FROM generate_series(1, {rows});
                """);
        }

        await _worker!.Get<RetentionService>().CleanAsync(Token);

        Assert.Equal(3, (await Api.Api.GetAsync("messages/failed", Token)).GetProperty("messages").GetArrayLength());
        await RunAsync("DO $$ BEGIN ASSERT (SELECT count(*) FROM timer_attempts) = 3; END $$");
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

    private static Task BecomesAsync(string what, Func<CancellationToken, Task<bool>> condition) => Eventually.HoldsAsync(what, condition, Deadline, Token);

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database!.ConnectionString);
        await connection.OpenAsync(Token);
#pragma warning disable CA2100 // The test's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Token);
    }
}
