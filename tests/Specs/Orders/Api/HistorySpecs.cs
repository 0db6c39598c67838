using System.Net;
using System.Text.RegularExpressions;

namespace BusIngest.Specs.Orders.Api;

/// <summary>The history of runs, their orders and their log.</summary>
public sealed partial class HistorySpecs : OrdersService
{
    [Fact]
    public async Task Should_list_runs_and_set_two_side_by_side()
    {
        var service = await StartAsync();
        var (first, second) = (await DoneAsync(service, 3_000), await DoneAsync(service, 5_000));
        await UntilAsync("Both are recorded", async _ => (await service.GetPedidosAsync("/runs")).GetRawText().Split("DONE").Length == 3);

        var runs = (await service.GetPedidosAsync("/runs")).GetProperty("runs");
        var status = await service.GetPedidosAsync();
        var compared = await service.GetPedidosAsync($"/runs/compare?a={first}&b={second}");

        Assert.Equal([second, first], runs.EnumerateArray().Select(run => run.GetProperty("runId").GetGuid()));
        Assert.Single((await service.GetPedidosAsync("/runs?limit=1")).GetProperty("runs").EnumerateArray());
        Assert.Equal(runs[1].GetRawText(), (await service.GetPedidosAsync($"/runs/{first}")).GetRawText());
        Assert.Equal((runs[1].GetRawText(), runs[0].GetRawText()), (compared.GetProperty("a").GetRawText(), compared.GetProperty("b").GetRawText()));
        var difference = compared.GetProperty("difference");
        Assert.Equal(2_000, difference.GetProperty("quantity").GetInt32());
        foreach (var name in new[] { "generationTimeMs", "enqueueVipTimeMs", "enqueueNormalTimeMs", "totalTimeMs" })
        {
            Assert.Equal(status.GetProperty(name).GetInt64(), runs[0].GetProperty(name).GetInt64());
            Assert.Equal(runs[0].GetProperty(name).GetInt64() - runs[1].GetProperty(name).GetInt64(), difference.GetProperty(name).GetInt64());
        }

        Assert.Equal(5_000, runs[0].GetProperty("totalProcessedVIP").GetInt32() + runs[0].GetProperty("totalProcessedNormal").GetInt32());
        Assert.True(runs[0].GetProperty("endVIP").GetDateTimeOffset() <= runs[0].GetProperty("startNormal").GetDateTimeOffset());
    }

    [Fact]
    public async Task Should_not_find_a_run_that_never_was()
    {
        var service = await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await service.PedidosAsync("GET", $"/runs/{Guid.NewGuid()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await service.PedidosAsync("GET", "/runs/none")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await service.PedidosAsync("GET", $"/runs/compare?a={Guid.NewGuid()}&b={Guid.NewGuid()}")).Status);
    }

    [Theory]
    [InlineData("", 2_500)]
    [InlineData("&priority=VIP&status=processado", null)]
    [InlineData("&priority=NORMAL", null)]
    [InlineData("&status=pendente", 0)]
    [InlineData("&status=falhou", 0)]
    public async Task Should_list_the_last_run_s_orders_page_by_page(string filter, int? count)
    {
        var service = await StartAsync();
        await DoneAsync(service, 500);
        await DoneAsync(service, 2_500);
        var counts = (await service.GetPedidosAsync()).GetProperty("counts");
        var expected = count ?? counts.GetProperty(filter.Contains("VIP", StringComparison.Ordinal) ? "vip" : "normal").GetInt32();

        var (ids, after) = (new List<Guid>(), "");
        do
        {
            var page = await service.GetPedidosAsync($"/orders?limit=700{filter}{after}");
            ids.AddRange(page.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("id").GetGuid()));
            after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);

        Assert.Equal(expected, ids.Distinct().Count());
        Assert.Equal(expected, ids.Count);
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public async Task Should_show_the_newest_lines_of_the_log_last()
    {
        var service = await StartAsync();
        await DoneAsync(service, 2_000);

        var lines = await UntilAsync(
            "The end is logged",
            async _ => (await service.GetPedidosAsync("/logs?lines=3")).GetProperty("logMessages").EnumerateArray().Select(line => line.GetString()!).ToList(),
            lines => lines.Count > 0 && lines[^1].Contains("DONE", StringComparison.Ordinal));

        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Matches(Line(), line));
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \S", RegexOptions.None, 1_000)]
    private static partial Regex Line();
}
