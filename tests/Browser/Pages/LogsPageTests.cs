using BusIngest.Browser.Forms;

namespace BusIngest.Browser.Pages;

/// <summary>The log is shown by level.</summary>
public abstract class LogsPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    [Fact]
    public async Task Should_show_each_level()
    {
        await OpenAsync("/dashboard/logs");
        await UntilShownAsync("#live tbody", "Information");

        foreach (var level in new[] { "warnings", "errors", "all" })
        {
            await ClickLinkAsync("#live .tabs", level);
            await UntilLiveAsync($"/dashboard/logs?level={level}");
            Assert.Equal(level, await TextAsync("#live .tabs [aria-current]"));
            Assert.Equal(level is "all", (await TextAsync("#live tbody")).Contains("Information", StringComparison.Ordinal));
        }

        Assert.Empty(Complaints);
    }
}
