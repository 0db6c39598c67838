using System.Net;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;

namespace BusIngest.Integration.Operating;

/// <summary>The routes and the telemetry of operating, over several processes, RabbitMQ and PostgreSQL.</summary>
public sealed class SpreadOperationTests(SharedServers servers) : SpreadTest(servers)
{
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
    public async Task Should_tell_the_figures_of_both_forms_of_process()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await Api.Api.PostCarsAsync([ClientCar.Of(Guid.NewGuid())], Token)).Status);
        await BecomesAsync("It is in the ledger", async token =>
            (await Api.Http.GetStringAsync("metrics", token)).Contains("busingest_cars_ledger{entry=\"stored\"} 1\n", StringComparison.Ordinal));
        var api = await Api.Http.GetStringAsync("metrics", Token);
        var worker = await Worker.Http.GetStringAsync("metrics", Token);

        Assert.Contains("busingest_outbox_mode{lane=\"rabbitmq\",mode=\"RABBITMQ_MODE\"} 1\n", api, StringComparison.Ordinal);
        Assert.Contains("busingest_backlog_messages{stage=\"broker\",workload=\"cars\",name=\"cars-store\"} 0\n", api, StringComparison.Ordinal);
        Assert.Contains("busingest_sagas{kind=\"timer\",state=\"Running\"} 0\n", api, StringComparison.Ordinal);
        Assert.DoesNotContain("} 1\n", string.Join('\n', api.Split('\n').Where(line => line.StartsWith("busingest_figures_unavailable", StringComparison.Ordinal)).Append("")), StringComparison.Ordinal);
        Assert.DoesNotContain("busingest_sagas{", worker, StringComparison.Ordinal);
        Assert.Contains("busingest_outbox_parked{lane=\"rabbitmq\"} 0\n", worker, StringComparison.Ordinal);
    }
}
