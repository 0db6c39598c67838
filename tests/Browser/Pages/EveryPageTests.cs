using BusIngest.Browser.Forms;

namespace BusIngest.Browser.Pages;

/// <summary>What holds for every page.</summary>
public abstract class EveryPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    private static readonly (string Path, string Heading)[] Pages =
    [
        ("/", "Overview"), ("/dashboard/outbox", "Outbox"), ("/dashboard/orders", "Orders"), ("/dashboard/timers", "Timers"), ("/dashboard/sync", "Sync"),
        ("/dashboard/events?account=nobody", "Events"), ("/dashboard/failed", "Failed messages"), ("/dashboard/sagas?kind=timer", "Sagas"), ("/dashboard/logs", "Logs"),
    ];

    [Theory]
    [InlineData(1_280, 800, false, false)]
    [InlineData(390, 844, true, true)]
    public async Task Should_be_live_have_a_heading_fit_and_be_without_errors(int width, int height, bool isPhone, bool isDark)
    {
        await Tab.LookAsync(width, height, isPhone, isDark);
        foreach (var (page, heading) in Pages)
        {
            await OpenAsync(page);
            Assert.Equal(heading, await TextAsync("h1"));

            var surplus = await Tab.EvaluateAsync("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(surplus is "0", $"{page} is {surplus} pixels too wide");
            Assert.Equal(isDark, await BrightnessAsync() < 128);
        }

        Assert.Empty(Complaints);
        var linked = await Tab.EvaluateAsync("[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href')).filter(path => path !== '/docs').join()");
        Assert.Equal(string.Join(',', Pages.Select(page => page.Path.Split('?')[0])), linked);
    }

    [Fact]
    public async Task Should_be_reached_from_the_navigation()
    {
        await OpenAsync("/");
        foreach (var path in Pages.Select(page => page.Path.Split('?')[0]).Reverse())
        {
            await ClickAsync($"nav a[href='{path}']");
            await UntilLiveAsync(path);
        }

        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Should_switch_between_light_and_dark_and_remember_it()
    {
        await OpenAsync("/");
        await ClickAsync("#theme");
        Assert.InRange(await BrightnessAsync(), 0, 127);
        await OpenAsync("/dashboard/logs");
        Assert.InRange(await BrightnessAsync(), 0, 127);

        await Tab.EvaluateAsync("localStorage.removeItem('theme')");
    }

    /// <summary>Of the ground, 0–255.</summary>
    private async Task<double> BrightnessAsync()
    {
        var colour = await Tab.EvaluateAsync("getComputedStyle(document.body).backgroundColor");
        return colour[(colour.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',').Take(3).Average(double.Parse);
    }
}
