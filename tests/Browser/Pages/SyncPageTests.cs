using BusIngest.Browser.Forms;

namespace BusIngest.Browser.Pages;

/// <summary>Sources are pulled, and runs steered, on their page.</summary>
public abstract class SyncPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    [Fact]
    public async Task Should_pull_a_source_to_its_end()
    {
        await OpenAsync("/dashboard/sync");
        var card = await PullAsync(DashboardInChromium.ShortSource);

        await UntilShownAsync($"{card} h2", "Completed");
        await UntilShownAsync(card, $"of {DashboardInChromium.ShortSourceEvents:N0}");
        var stored = await Api.GetAsync($"sync/events/count?source={DashboardInChromium.ShortSource}", Token);
        Assert.Equal(DashboardInChromium.ShortSourceEvents, stored.GetProperty("count").GetInt32());
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Should_pause_resume_and_cancel()
    {
        await OpenAsync("/dashboard/sync");
        var card = await PullAsync(DashboardInChromium.LongSource);
        await UntilShownAsync(card, "of 100000 left");
        await UntilShownAsync($"{card} h2", "Fetching");

        await ClickAsync($"{card} [data-send$='/pause']");
        await UntilShownAsync($"{card} h2", "Paused");
        await ClickAsync($"{card} [data-send$='/resume']");
        await UntilShownAsync($"{card} h2", "Fetching");
        await ClickAndConfirmAsync($"{card} [data-send$='/cancel']");
        await UntilShownAsync($"{card} h2", "Cancelled");

        await UntilAsync("it can't be steered any more", $"!document.querySelector(`{card} [data-send]`)");
        Assert.Empty(Complaints);
    }

    /// <summary>Pulls a source, and gives the selector of its run's card.</summary>
    private async Task<string> PullAsync(string source)
    {
        await FillAsync("select[name=source]", source);
        await ClickAsync("form[data-send='POST /sync/runs'] button");
        var found = $"[...document.querySelectorAll('#live section[id^=run-]')].find(card => card.querySelector('h2').textContent.includes(` {source} `))?.id";
        await UntilAsync("the run is listed", $"!!{found}");
        return $"#{await Tab.EvaluateAsync(found)}";
    }
}
