using BusIngest.Browser.Forms;
using BusIngest.Support.Timers;

namespace BusIngest.Browser.Pages;

/// <summary>Timers are set, cancelled and delivered again on their page.</summary>
public abstract class TimersPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    [Fact]
    public async Task Should_set_one_and_cancel_it()
    {
        await OpenAsync("/dashboard/timers");
        var row = await SetAsync("cancelled", hours: 1, WebhookBehaviour.Prompt);
        await UntilShownAsync($"{row} .state", "Scheduled");

        await ClickAndConfirmAsync($"{row} [data-send^=DELETE]");
        await UntilShownAsync($"{row} .state", "Cancelled");

        await ClickLinkAsync("#live .tabs", "Cancelled");
        await UntilLiveAsync("/dashboard/timers?state=Cancelled");
        await UntilShownAsync($"{row} .state", "Cancelled");
        Assert.Equal(0, Dashboard.Webhooks.Calls("cancelled"));
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Should_show_the_tries_of_one_and_deliver_it_again()
    {
        await OpenAsync("/dashboard/timers");
        // 410 is final.
        var row = await SetAsync("refused", hours: 0, WebhookBehaviour.After(1, 410));
        await UntilShownAsync($"{row} .state", "Failed");

        await ClickAsync($"{row} a");
        await UntilLiveAsync($"/dashboard/timers?id={row[^36..]}");
        await UntilShownAsync("#live section:first-child tbody", "410");
        await ClickAndConfirmAsync("#live section:first-child [data-send$='/redeliver']");

        await UntilShownAsync("#live section:first-child h2", "Finished");
        await UntilShownAsync("#live section:first-child tbody", "200");
        Assert.Equal(2, Dashboard.Webhooks.Calls("refused"));
        Assert.Empty(Dashboard.Webhooks.Violations);
        Assert.Empty(Complaints);
    }

    /// <summary>Sets a timer, and gives the selector of its row.</summary>
    private async Task<string> SetAsync(string name, int hours, WebhookBehaviour behaviour)
    {
        await FillAsync("input[name=hours]", $"{hours}");
        await FillAsync("input[name=seconds]", "1");
        await FillAsync("input[name=webhookUrl]", Dashboard.Webhooks.Url(name, behaviour));
        await ClickAsync("form[data-send='POST /api/v1/timer'] button");

        var found = $"[...document.querySelectorAll('#live tr[id^=timer-]')].find(row => row.textContent.includes('/{name}?'))?.id";
        await UntilAsync("it is listed", $"!!{found}");
        return $"#{await Tab.EvaluateAsync(found)}";
    }
}
