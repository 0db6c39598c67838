using BusIngest.Support;

namespace BusIngest.Browser;

public sealed class DashboardTests(DashboardInChromium dashboard) : IClassFixture<DashboardInChromium>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly string[] Pages =
    [
        "/", "/dashboard/outbox", "/dashboard/orders", "/dashboard/timers", "/dashboard/sync", "/dashboard/failed",
        "/dashboard/sagas?kind=timer", "/dashboard/logs",
    ];

    [Theory]
    [InlineData(1_280, 800, false, false)]
    [InlineData(390, 844, true, true)]
    public async Task Should_be_live_fit_and_be_without_errors(int width, int height, bool isPhone, bool isDark)
    {
        await dashboard.Tab.LookAsync(width, height, isPhone, isDark);
        foreach (var page in Pages)
        {
            await OpenAsync(page);

            var surplus = await dashboard.Tab.EvaluateAsync("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(surplus is "0", $"{page} is {surplus} pixels too wide");
            Assert.Equal(isDark, await BrightnessAsync() < 128);
        }

        Assert.Empty(dashboard.Tab.Complaints);
    }

    [Fact]
    public async Task Should_switch_between_light_and_dark_and_remember_it()
    {
        await dashboard.Tab.LookAsync(1_280, 800, isPhone: false, isDark: false);
        await OpenAsync("/");
        await dashboard.Tab.EvaluateAsync("document.getElementById('theme').click()");
        Assert.InRange(await BrightnessAsync(), 0, 127);
        await OpenAsync("/dashboard/logs");
        Assert.InRange(await BrightnessAsync(), 0, 127);

        await dashboard.Tab.EvaluateAsync("localStorage.removeItem('theme')");
    }

    [Fact]
    public async Task Should_start_a_run_and_ask_before_it_wipes_it()
    {
        await dashboard.Tab.LookAsync(1_280, 800, isPhone: false, isDark: false);
        await OpenAsync("/dashboard/orders");
        await dashboard.Tab.EvaluateAsync("document.querySelector('input[name=quantity]').value = 2000");
        await dashboard.Tab.EvaluateAsync("document.querySelector('form[data-send] button').click()");
        await UntilAsync("the run is done", "document.querySelector('#live h2').textContent.includes('DONE')");

        await dashboard.Tab.EvaluateAsync("document.querySelector('[data-send=\"POST /pedidos/reset\"]').click()");
        await UntilAsync("it asks", "document.getElementById('ask').open");
        await dashboard.Tab.EvaluateAsync("document.querySelector('#ask [value=no]').click()");
        Assert.Contains("DONE", await dashboard.Tab.EvaluateAsync("document.querySelector('#live h2').textContent"), StringComparison.Ordinal);

        await dashboard.Tab.EvaluateAsync("document.querySelector('[data-send=\"POST /pedidos/reset\"]').click()");
        await UntilAsync("it asks again", "document.getElementById('ask').open");
        await dashboard.Tab.EvaluateAsync("document.querySelector('#ask [value=yes]').click()");
        await UntilAsync("the run is wiped", "document.querySelector('#live h2').textContent.includes('IDLE')");
    }

    private async Task OpenAsync(string page)
    {
        await dashboard.Tab.GoAsync(dashboard.Page(page));
        await UntilAsync($"{page} is live", $"location.href === '{dashboard.Page(page).AbsoluteUri}' && document.getElementById('link')?.textContent === 'live'");
    }

    private Task UntilAsync(string what, string expression) => Eventually.HoldsAsync(
        what, async _ => await dashboard.Tab.EvaluateAsync(expression) is "true", Deadline, TestContext.Current.CancellationToken);

    /// <summary>Of the ground, 0–255.</summary>
    private async Task<double> BrightnessAsync()
    {
        var colour = await dashboard.Tab.EvaluateAsync("getComputedStyle(document.body).backgroundColor");
        return colour[(colour.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',').Take(3).Average(double.Parse);
    }
}
