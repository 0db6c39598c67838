namespace BusIngest.Browser;

public sealed class DashboardTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
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
            Assert.Equal(heading, await Tab.EvaluateAsync("document.querySelector('h1').textContent"));

            var surplus = await Tab.EvaluateAsync("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(surplus is "0", $"{page} is {surplus} pixels too wide");
            Assert.Equal(isDark, await BrightnessAsync() < 128);
        }

        Assert.Empty(Tab.Complaints);
        var linked = await Tab.EvaluateAsync("[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href')).filter(path => path !== '/docs').join()");
        Assert.Equal(string.Join(',', Pages.Select(page => page.Path.Split('?')[0])), linked);
    }

    [Fact]
    public async Task Should_switch_between_light_and_dark_and_remember_it()
    {
        await Tab.LookAsync(1_280, 800, isPhone: false, isDark: false);
        await OpenAsync("/");
        await Tab.EvaluateAsync("document.getElementById('theme').click()");
        Assert.InRange(await BrightnessAsync(), 0, 127);
        await OpenAsync("/dashboard/logs");
        Assert.InRange(await BrightnessAsync(), 0, 127);

        await Tab.EvaluateAsync("localStorage.removeItem('theme')");
    }

    [Fact]
    public async Task Should_start_a_run_and_ask_before_it_wipes_it()
    {
        await Tab.LookAsync(1_280, 800, isPhone: false, isDark: false);
        await OpenAsync("/dashboard/orders");
        await Tab.EvaluateAsync("document.querySelector('input[name=quantity]').value = 2000");
        await Tab.EvaluateAsync("document.querySelector('form[data-send] button').click()");
        await UntilAsync("the run is done", "document.querySelector('#live h2').textContent.includes('DONE')");

        await Tab.EvaluateAsync("document.querySelector('[data-send=\"POST /pedidos/reset\"]').click()");
        await UntilAsync("it asks", "document.getElementById('ask').open");
        await Tab.EvaluateAsync("document.querySelector('#ask [value=no]').click()");
        Assert.Contains("DONE", await Tab.EvaluateAsync("document.querySelector('#live h2').textContent"), StringComparison.Ordinal);

        await Tab.EvaluateAsync("document.querySelector('[data-send=\"POST /pedidos/reset\"]').click()");
        await UntilAsync("it asks again", "document.getElementById('ask').open");
        await Tab.EvaluateAsync("document.querySelector('#ask [value=yes]').click()");
        await UntilAsync("the run is wiped", "document.querySelector('#live h2').textContent.includes('IDLE')");
    }

    /// <summary>Of the ground, 0–255.</summary>
    private async Task<double> BrightnessAsync()
    {
        var colour = await Tab.EvaluateAsync("getComputedStyle(document.body).backgroundColor");
        return colour[(colour.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',').Take(3).Average(double.Parse);
    }
}
