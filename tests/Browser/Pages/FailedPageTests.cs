using System.Net;
using System.Text;
using System.Text.Json;
using BusIngest.Browser.Forms;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;

namespace BusIngest.Browser.Pages;

/// <summary>What failed is mended, sent again or dropped on its page, and processed once or not at all.</summary>
public abstract class FailedPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    private const string Nothing = "Nothing failed";

    private FailuresApi Failures => new(Api);

    [Fact]
    public async Task Should_refuse_what_is_no_json_and_process_what_was_edited_once()
    {
        const string make = "edited";
        await RefuseCarsAsync(make);
        var car = await PostCarAsync(make);
        var failed = (await Failures.WaitForAsync(1, Token))[0];
        await Tab.LookAsync(390, 844, isPhone: true, isDark: true);
        await OpenAsync("/dashboard/failed");
        var form = $"#failed-{failed.Id} form";
        var text = $"document.querySelector('{form} textarea').value";
        await ClickAsync($"#failed-{failed.Id} details:has(form) summary");

        await Tab.EvaluateAsync($"{text} = {text}.replace('[', '[[')");
        await ClickAndConfirmAsync($"{form} button");
        await UntilShownAsync("#toasts .bad", "is not valid JSON (line ");
        Assert.Equal(failed, Assert.Single(await Failures.ListAsync(Token)));
        Assert.Equal("true", await Tab.EvaluateAsync($"{text}.includes('[[')"));

        await Tab.EvaluateAsync($"{text} = {text}.replace('[[', '[').replace('\"{make}\"', '\"mended\"')");
        await ClickAndConfirmAsync($"{form} button");
        await UntilShownAsync(Nothing);
        await UntilStoredAsync(failed);
        Assert.Equal("mended", (await Api.GetAsync($"cars/{car}", Token)).GetProperty("normalizedMake").GetString());
        // The refusal alone.
        Assert.All(Complaints, complaint => Assert.Contains("status of 400", complaint, StringComparison.Ordinal));
        await Dashboard.BackDoor.AcceptAsync("cars", Token);
    }

    [Fact]
    public async Task Should_send_one_again_and_drop_another()
    {
        await RefuseEventsAsync("waits");
        await PostEventAsync("waits", "retried");
        var retried = (await Failures.WaitForAsync(1, Token))[0];
        await PostEventAsync("waits", "dropped");
        var dropped = (await Failures.WaitForAsync(2, Token)).Single(message => message != retried);
        await OpenAsync("/dashboard/failed");
        await UntilShownAsync($"#failed-{retried.Id}", "refused by the test");

        await ClickAndConfirmAsync($"#failed-{dropped.Id} [data-send^=DELETE]");
        await UntilAsync("it is gone", $"!document.querySelector('#failed-{dropped.Id}')");
        await Dashboard.BackDoor.AcceptAsync("events", Token);
        await ClickAsync($"#failed-{retried.Id} [data-send$='/retry']:not(form)");

        await UntilShownAsync(Nothing);
        await UntilAsync("one is stored", async token => await CountEventsAsync("waits", token) == 1);
        Assert.Equal(1, await Dashboard.BackDoor.CountAsync("SELECT count(*) FROM events WHERE event_id = 'retried'", Token));
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Should_send_all_of_a_type_again_and_then_everything()
    {
        await RefuseEventsAsync("all");
        await RefuseCarsAsync("all");
        await PostEventAsync("all", "all-1");
        await Failures.WaitForAsync(1, Token);
        await PostEventAsync("all", "all-2");
        await Failures.WaitForAsync(2, Token);
        await PostCarAsync("all");
        var car = (await Failures.WaitForAsync(3, Token)).Single(message => message.Type is "CarGenerated");
        await Dashboard.BackDoor.AcceptAsync("events", Token);
        await Dashboard.BackDoor.AcceptAsync("cars", Token);
        await OpenAsync("/dashboard/failed");

        await ClickLinkAsync("#live table", "EventRecorded");
        await UntilLiveAsync("/dashboard/failed?type=EventRecorded");
        await UntilAsync("the others are left out", "document.querySelectorAll('#live section[id^=failed-]').length === 2");
        await ClickAndConfirmAsync("[data-send='POST /messages/failed/retry?type=EventRecorded']");
        await UntilAsync("these are gone", "!document.querySelector('#live section[id^=failed-]')");
        await UntilAsync("both are stored", async token => await CountEventsAsync("all", token) == 2);
        Assert.Equal(car, Assert.Single(await Failures.ListAsync(Token)));

        await ClickAndConfirmAsync("[data-send='POST /messages/failed/retry']");
        await UntilShownAsync(Nothing);
        await UntilStoredAsync(car);
        Assert.Empty(Complaints);
    }

    private Task RefuseCarsAsync(string make) => Dashboard.BackDoor.RefuseAsync("cars", "INSERT", $"NEW.normalized_make = '{make}'", Token);

    private Task RefuseEventsAsync(string account) => Dashboard.BackDoor.RefuseAsync("events", "INSERT", $"NEW.account_id = '{account}'", Token);

    private async Task<Guid> PostCarAsync(string make)
    {
        var car = ClientCar.Of(Guid.NewGuid()) with { NormalizedMake = make };
        Assert.Equal(HttpStatusCode.Accepted, (await Api.PostCarsAsync([car], Token)).Status);
        return car.Id;
    }

    private async Task PostEventAsync(string account, string id)
    {
        using var body = new StringContent(
            $$"""{"events":[{"event_id":"{{id}}","account_id":"{{account}}","user_id":"ann","type":"login","timestamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}"}]}""",
            Encoding.UTF8,
            "application/json");
        Assert.Equal(HttpStatusCode.Accepted, (await Api.SendAsync(HttpMethod.Post, "events", body, Token)).Status);
    }

    private Task<long> CountEventsAsync(string account, CancellationToken cancellationToken) =>
        Dashboard.BackDoor.CountAsync($"SELECT count(*) FROM events WHERE account_id = '{account}'", cancellationToken);

    /// <summary>Every car of the message, those of the load that came with it included, is stored once.</summary>
    private async Task UntilStoredAsync(FailedMessage failed)
    {
        using var payload = JsonDocument.Parse(failed.Payload);
        var ids = payload.RootElement.EnumerateArray().Select(car => $"'{car.GetProperty("id").GetGuid()}'").ToList();
        var count = $"SELECT count(*) FROM cars WHERE id IN ({string.Join(',', ids)})";
        await UntilAsync("all are stored", async token => await Dashboard.BackDoor.CountAsync(count, token) >= ids.Count);
        Assert.Equal(ids.Count, await Dashboard.BackDoor.CountAsync(count, Token));
        Assert.True(await Api.StatsAsync(Token) is { Lost: 0, Duplicates: 0, AddsUp: true });
    }
}
