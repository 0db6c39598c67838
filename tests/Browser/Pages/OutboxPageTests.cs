using BusIngest.Browser.Forms;

namespace BusIngest.Browser.Pages;

/// <summary>The generator is steered from the outbox's page.</summary>
public abstract class OutboxPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    [Fact]
    public async Task Should_stop_and_start_the_generator()
    {
        await OpenAsync("/dashboard/outbox");

        await ClickAsync("[data-send='POST /cars/seeder/stop']");
        await UntilRunningAsync(false);
        await ClickAsync("[data-send='POST /cars/seeder/start']");
        await UntilRunningAsync(true);

        await UntilShownAsync("#live section .tile .label", "Generated");
        var generated = await TextAsync("#live section .tile .value");
        await UntilAsync("the ledger goes on", $"document.querySelector('#live section .tile .value').textContent.trim() !== `{generated}`");
        Assert.Empty(Complaints);
    }

    private Task UntilRunningAsync(bool running) => UntilAsync(
        $"running: {running}", async token => (await Api.GetAsync("cars/seeder", token)).GetProperty("running").GetBoolean() == running);
}
