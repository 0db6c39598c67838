namespace BusIngest.Browser;

public sealed class OrdersPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    [Fact]
    public async Task Should_pause_start_cancel_and_resume()
    {
        await Tab.LookAsync(1_280, 800, isPhone: false, isDark: false);
        await OpenAsync("/dashboard/orders");

        // First, so that the run can't be over before the click.
        await ClickAsync("[data-send='POST /pedidos/queue/pause']");
        await UntilHeadingAsync("paused");
        await StartAsync();
        await UntilHeadingAsync("WAITING_VIP_DRAIN");

        await ClickAndConfirmAsync("[data-send='POST /pedidos/cancel']");
        await UntilHeadingAsync("ABORTED");
        await UntilAsync("it can be resumed", "!document.querySelector(`[data-send='POST /pedidos/queue/resume']`).disabled");
        await ClickAsync("[data-send='POST /pedidos/queue/resume']");
        await UntilAsync("it goes on", "!document.querySelector('#live h2').textContent.includes('paused')");
        await StartAsync();
        await UntilHeadingAsync("DONE");

        Assert.Empty(Tab.Complaints);
    }

    private async Task StartAsync()
    {
        await UntilAsync("a run can be started", "!document.querySelector(`form[data-send='POST /pedidos/generate'] button`).disabled");
        await Tab.EvaluateAsync("document.querySelector('input[name=quantity]').value = 2000");
        await ClickAsync("form[data-send='POST /pedidos/generate'] button");
    }

    private Task UntilHeadingAsync(string text) => UntilAsync($"the heading has {text}", $"document.querySelector('#live h2').textContent.includes('{text}')");
}
