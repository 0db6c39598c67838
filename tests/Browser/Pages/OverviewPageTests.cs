using BusIngest.Browser.Forms;

namespace BusIngest.Browser.Pages;

/// <summary>The overview goes on with the load, and leads to the workloads.</summary>
public abstract class OverviewPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    private static readonly string[] Workloads = ["Cars", "Orders", "Timers", "Sync", "Events"];

    private const string Headings = "[...document.querySelectorAll('#live section h2')].map(title => title.firstChild.textContent.trim())";

    private const string Ledger = "[...document.querySelectorAll('#live section .hint')].map(hint => hint.textContent).find(text => text.includes(' generated = '))";

    private static string Cars => Section("Cars");

    [Fact]
    public async Task Should_go_on_with_the_load()
    {
        await OpenAsync("/");
        await UntilAsync("every workload is shown", $"{Headings}.join() === `{string.Join(',', Workloads)}`");
        await UntilAsync("the rate of cars is shown", $"parseFloat({Cars}?.querySelector('.value').textContent.replaceAll(',', '')) > 0");
        var ledger = await Tab.EvaluateAsync(Ledger);
        Assert.Contains(" lost", ledger, StringComparison.Ordinal);
        var loaded = await Tab.EvaluateAsync("performance.timeOrigin");

        await UntilAsync("the ledger of cars goes on", $"{Ledger} !== `{ledger}`");

        Assert.Equal(loaded, await Tab.EvaluateAsync("performance.timeOrigin"));
        Assert.Equal("Outbox", await TextAsync("#live .tile .label"));
        Assert.Equal("CLOSED", await TextAsync("#live .tile .value"));
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Should_lead_to_each_workload()
    {
        foreach (var workload in Workloads)
        {
            await OpenAsync("/");
            await UntilAsync("it is shown", $"{Headings}.includes(`{workload}`)");
            var path = await Tab.EvaluateAsync($"{Section(workload)}.querySelector('a.more').getAttribute('href')");
            await ClickAsync($"#live a.more[href='{path}']");
            await UntilLiveAsync(path);
        }
    }

    private static string Section(string workload) =>
        $"[...document.querySelectorAll('#live section')].find(card => card.querySelector('h2').firstChild.textContent.trim() === `{workload}`)";
}
