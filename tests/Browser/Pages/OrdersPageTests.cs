using System.Net;
using BusIngest.Browser.Forms;
using BusIngest.Support.Orders;

namespace BusIngest.Browser.Pages;

/// <summary>Runs of orders are started, steered and mended on their page.</summary>
public abstract class OrdersPageTests(DashboardInChromium dashboard) : BrowserTest(dashboard)
{
    private const int Quantity = 2_000;
    private const string Start = "form[data-send='POST /pedidos/generate'] button";
    private const string Pause = "[data-send='POST /pedidos/queue/pause']";
    private const string Resume = "[data-send='POST /pedidos/queue/resume']";
    private const string Cancel = "[data-send='POST /pedidos/cancel']";
    private const string Reset = "[data-send='POST /pedidos/reset']";

    [Fact]
    public async Task Should_start_a_run_and_ask_before_it_wipes_it()
    {
        await OpenWipedAsync();
        await StartAsync();
        await UntilHeadingAsync("DONE");

        await ClickAsync(Reset);
        await UntilAsync("it asks", "document.getElementById('ask').open");
        await ClickAsync("#ask [value=no]");
        await UntilAsync("it asks no more", "!document.getElementById('ask').open");
        Assert.Contains("DONE", await TextAsync("#live h2"), StringComparison.Ordinal);
        Assert.Equal("DONE", (await new OrdersApi(Api).StatusAsync(Token)).Phase);

        await ClickAndConfirmAsync(Reset);
        await UntilHeadingAsync("IDLE");
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Should_pause_start_cancel_and_resume()
    {
        await OpenWipedAsync();

        // First, so that the run can't be over before the click.
        await ClickAsync(Pause);
        await UntilHeadingAsync("paused");
        await StartAsync();
        await UntilHeadingAsync("WAITING_VIP_DRAIN");

        await ClickAndConfirmAsync(Cancel);
        await UntilHeadingAsync("ABORTED");
        await ClickAsync(Resume);
        await UntilAsync("it goes on", "!document.querySelector('#live h2').textContent.includes('paused')");
        await StartAsync();
        await UntilHeadingAsync("DONE");

        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Should_try_again_what_failed()
    {
        await OpenWipedAsync();
        await Dashboard.BackDoor.RefuseAsync("orders", "UPDATE", "NEW.status = 'processado' AND NEW.seq % 1000 = 7", Token);
        await StartAsync();
        await UntilHeadingAsync("DONE");
        await UntilShownAsync("degraded");
        Assert.Equal(2, (await new OrdersApi(Api).StatusAsync(Token)).Counts.Failed);

        await Dashboard.BackDoor.AcceptAsync("orders", Token);
        await ClickAsync("[data-send='POST /pedidos/queue/retry-failed']");

        await UntilShownAsync("healthy");
        await UntilAsync("all are processed", async token => (await new OrdersApi(Api).StatusAsync(token)) is { Counts.Failed: 0, Progress.ProcessedTotal: Quantity });
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Should_put_back_what_somebody_hangs_with()
    {
        await OpenWipedAsync();
        await ClickAsync(Pause);
        await UntilHeadingAsync("paused");
        await StartAsync();
        await UntilHeadingAsync("WAITING_VIP_DRAIN");
        await UntilAsync("a batch waits", async token => await Dashboard.BackDoor.CountAsync("SELECT count(*) FROM order_batches WHERE state = 'waiting'", token) > 0);
        await Dashboard.BackDoor.ExecuteAsync(
            $"UPDATE order_batches SET state = 'active', claim = '{Guid.NewGuid()}', attempts = 1, changed_at = {Dashboard.BackDoor.LongAgo} WHERE state = 'waiting'", Token);

        await ClickAsync(Resume);
        await UntilShownAsync("Work stands still that should go on.");
        await ClickAsync("[data-send='POST /pedidos/queue/recover-stuck']");

        await UntilHeadingAsync("DONE");
        Assert.Equal(Quantity, (await new OrdersApi(Api).StatusAsync(Token)).Progress.ProcessedTotal);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task Should_set_any_two_runs_side_by_side()
    {
        await OpenWipedAsync();
        var (first, second) = (await RunAsync(), await RunAsync());
        await UntilAsync("the runs can be chosen", $"!!document.querySelector('#a-{first}') && !!document.querySelector('#b-{second}')");

        await FillAsync("select[name=a]", $"{second}");
        await FillAsync("select[name=b]", $"{first}");
        await ClickAsync("#history form button");
        await UntilLiveAsync($"/dashboard/orders?a={second}&b={first}");

        await UntilShownAsync("#difference", "all ");
        Assert.Equal("2", await Tab.EvaluateAsync("document.querySelectorAll('#history .timeline svg').length"));
        var route = await Tab.EvaluateAsync("document.querySelector('#difference a').getAttribute('href')");
        Assert.Equal($"/pedidos/runs/compare?a={second}&b={first}", route);
        Assert.Equal(HttpStatusCode.OK, await Api.StatusAsync(route[1..], Token));

        await ClickAsync("#history form a");
        await UntilLiveAsync("/dashboard/orders");
        Assert.Empty(Complaints);
    }

    /// <summary>Has a run done.</summary>
    private async Task<Guid> RunAsync()
    {
        var orders = new OrdersApi(Api);
        var run = await orders.GenerateAsync(Quantity, Token);
        await UntilAsync("it is done", async token => await orders.StatusAsync(token) is { Phase: "DONE" } status && status.LastRunId == run);
        return run;
    }

    /// <summary>Whatever an earlier test left.</summary>
    private async Task OpenWipedAsync()
    {
        await UntilAsync("it is wiped", async token =>
            (await Api.SendAsync(HttpMethod.Post, "pedidos/queue/resume", null, token)).Status == HttpStatusCode.OK
            && (await Api.SendAsync(HttpMethod.Post, "pedidos/reset", null, token)).Status == HttpStatusCode.OK);
        await OpenAsync("/dashboard/orders");
        await UntilHeadingAsync("IDLE");
    }

    private async Task StartAsync()
    {
        await FillAsync("input[name=quantity]", $"{Quantity}");
        await ClickAsync(Start);
    }

    private Task UntilHeadingAsync(string text) => UntilShownAsync("#live h2", text);
}
