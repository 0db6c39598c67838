using BusIngest.Browser.Forms;
using BusIngest.Support.Timers;

namespace BusIngest.Browser.Pages;

/// <summary>Sagas are found by kind and state.</summary>
public abstract class SagasPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    [Fact]
    public async Task Should_lead_from_kind_and_state_to_the_history_of_one()
    {
        using var body = new StringContent(
            $$"""{"hours":2,"minutes":0,"seconds":0,"webhookUrl":"{{Dashboard.Webhooks.Url("saga", WebhookBehaviour.Prompt)}}"}""");
        var timer = await Api.SendAsync(HttpMethod.Post, "api/v1/timer", body, Token);
        var id = timer.Json().GetProperty("timer").GetProperty("timerId").GetGuid();
        await OpenAsync("/dashboard/sagas");

        await ClickLinkAsync("#live section:first-child", "timer");
        await UntilLiveAsync("/dashboard/sagas?kind=timer");
        Assert.Contains("Scheduled", await Tab.EvaluateAsync("document.querySelector('svg.machine').getAttribute('aria-label')"), StringComparison.Ordinal);
        await ClickAsync("#live a[href='/dashboard/sagas?kind=timer&state=Scheduled']");
        await UntilLiveAsync("/dashboard/sagas?kind=timer&state=Scheduled");
        await ClickAsync($"#live a[title='{id}']");
        await UntilLiveAsync($"/dashboard/sagas?kind=timer&id={id}");

        await UntilShownAsync("CreateTimer");
        await ClickAsync("#live details summary");
        await UntilShownAsync("#live details[open] pre", "/saga?");
        Assert.Empty(Complaints);
    }
}
