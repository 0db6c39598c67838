using System.Net;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Cars;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Events;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Dashboard;

public sealed class ContentSpecs : Spec
{
    [Fact]
    public async Task Should_show_a_run_of_orders_and_its_saga()
    {
        var service = await StartAsync();
        using var started = await service.Http.PostAsync("/pedidos/generate?quantity=1000", null, Token);
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);

        await UntilAsync("the run is shown as done", token => service.Http.GetStringAsync("/dashboard/orders", token), Shows(">DONE<", "1,000 / 1,000", "enqueue NORMAL"));
        await UntilAsync(
            "the saga is shown as done", token => service.Http.GetStringAsync("/dashboard/sagas?kind=order-run", token), Shows("aria-label=\"The machine: ", ">Done<"));
    }

    [Fact]
    public async Task Should_show_what_failed_and_escape_it()
    {
        var service = await StartAsync();
        await service.Get<MainDatabase>().Writer.WriteAsync(1, session =>
        {
            session.Execute("CREATE TRIGGER poison BEFORE INSERT ON cars BEGIN SELECT RAISE(ABORT, 'refused <b>by</b> the spec'); END");
            return 0;
        }, Token);
        using var posted = await service.Http.PostAsync("/cars", CarRequests.Body(CarText.Good), Token);
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);

        var text = await UntilAsync("the failure is shown", token => service.Http.GetStringAsync("/dashboard/failed", token), Shows(nameof(CarGenerated), "&lt;b&gt;by&lt;/b&gt;"));

        Assert.DoesNotContain("<b>by</b>", text, StringComparison.Ordinal);
        Assert.Contains("data-send=\"POST /messages/failed/retry?type=CarGenerated\"", text, StringComparison.Ordinal);
        Assert.Contains("data-send=\"DELETE /messages/failed/", text, StringComparison.Ordinal);
        Assert.Contains("<textarea name=\"payload\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_the_events_and_sum_up_an_account()
    {
        var service = await StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        using var body = new StringContent(
            $$"""{"events":[{{EventText.Of("1", "a/<b>", "ann", "login", now)}},{{EventText.Of("2", "a/<b>", "bob", "custom", now)}},{{EventText.Of("2", "a/<b>", "bob", "custom", now)}},{{EventText.Of("3", "small", "bob", "custom", now)}}]}""");
        using var posted = await service.Http.PostAsync("/events", body, Token);
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);

        var text = await UntilAsync(
            "the accounts are shown",
            token => service.Http.GetStringAsync("/dashboard/events?account=a%2F%3Cb%3E&window=last_7d", token),
            Shows("?account=small\">small</a>", ">a/&lt;b&gt;</a>", "aria-label=\"login: 50.0 %\"", ">ann</td>"));
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.Contains("/accounts/a%2F%3Cb%3E/summary?window=last_7d", text, StringComparison.Ordinal);
        var overview = await UntilAsync(
            "the overview shows them", token => service.Http.GetStringAsync("/", token), Shows("4 accepted = 3 stored", "1 known before"));
        Assert.Contains("/dashboard/events", overview, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("window=last_year", "window must be last_24h or last_7d")]
    [InlineData("window=last_24h&from=yesterday", "from must be an ISO 8601 time")]
    [InlineData("to=2026-01-31T12:00:00Z", "from is required with to")]
    public async Task Should_say_what_is_wrong_with_a_window(string query, string error)
    {
        var service = await StartAsync();

        Assert.Contains(error, await service.Http.GetStringAsync($"/dashboard/events?account=acme&{query}", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_the_timers_that_are_next()
    {
        var service = await StartAsync();
        using var body = new StringContent("""{"hours":1,"minutes":0,"seconds":0,"webhookUrl":"https://example.com/a?b=<c>"}""");
        using var set = await service.Http.PostAsync("/api/v1/timer", body, Token);
        Assert.Equal(HttpStatusCode.Created, set.StatusCode);

        var text = await UntilAsync("the timer is shown", token => service.Http.GetStringAsync("/dashboard/timers", token), Shows(">Scheduled</span>", ">fires<"));

        Assert.DoesNotContain("<c>", text, StringComparison.Ordinal);
        Assert.Contains("data-send=\"DELETE /api/v1/timer/", text, StringComparison.Ordinal);
    }

    private static Func<string, bool> Shows(params string[] texts) => page => Array.TrueForAll(texts, text => page.Contains(text, StringComparison.Ordinal));

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));
}
