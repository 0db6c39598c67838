using BusIngest.Specs.Processes;
using BusIngest.Workers.Orders.Recording;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Specs.Orders.Api;

/// <summary>The orders' log is kept to its newest lines.</summary>
public sealed class LogSpecs : OrdersService
{
    private const int Most = RunStatements.MaxLogLines;
    private const string Earlier = "earlier ";

    [Fact]
    public async Task Should_drop_the_oldest_lines_when_there_are_too_many()
    {
        var service = await StartAsync(logs: true);
        await FillAsync(service, Most + 500);

        await DoneAsync(service, 1_000);
        await UntilLoggedAsync(service);

        var lines = await LinesAsync(service);
        var added = lines.Count(line => !IsOld(line));
        Assert.InRange(added, 3, 100);
        Assert.Equal(Enumerable.Range(added + 501, Most - added).Select(Old), lines.Take(Most - added), StringComparer.Ordinal);
        Assert.Equal(Most, lines.Count);
        Assert.Equal(Most, (await service.GetPedidosAsync($"/logs?lines={Most}")).GetProperty("logMessages").GetArrayLength());
    }

    [Fact]
    public async Task Should_keep_every_line_while_there_are_not()
    {
        const int before = Most - 1_000;
        var service = await StartAsync(logs: true);
        await FillAsync(service, before);

        await DoneAsync(service, 1_000);
        await UntilLoggedAsync(service);

        var lines = await LinesAsync(service);
        Assert.Equal(Enumerable.Range(1, before).Select(Old), lines.Take(before), StringComparer.Ordinal);
        Assert.InRange(lines.Count, before + 3, before + 100);
    }

    /// <summary>What goes wrong is logged even then.</summary>
    [Fact]
    public async Task Should_drop_them_though_phases_are_not_logged()
    {
        var service = await StartAsync(logs: false);
        await FillAsync(service, Most + 500);

        await DoneAsync(service, 1_000);
        await UntilAsync("The end is recorded", async _ => (await service.GetPedidosAsync("/runs")).GetRawText().Contains("DONE", StringComparison.Ordinal));

        Assert.Equal(Enumerable.Range(501, Most).Select(Old), await LinesAsync(service), StringComparer.Ordinal);
    }

    private async Task<RunningService> StartAsync(bool logs)
    {
        var settings = Settings(1_000, 1_000);
        // No line but those of the phases.
        return Own(await RunningService.StartAsync(settings with { Orders = settings.Orders with { Logs = logs, LogProgressEvery = TimeSpan.FromHours(1) } }));
    }

    private static Task<int> FillAsync(RunningService service, int lines) => service.SqlAsync(
        $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {lines}) "
        + $"INSERT INTO order_log (seq, at, level, message) SELECT i, i, 'info', '{Earlier}' || i FROM n");

    private static Task<string> UntilLoggedAsync(RunningService service) => UntilAsync(
        "The end is logged",
        _ => service.RowsAsync(orders => orders.Log.OrderByDescending(line => line.Seq).Select(line => line.Message).FirstAsync(Token)),
        line => line.Contains(": DONE,", StringComparison.Ordinal));

    private static Task<List<string>> LinesAsync(RunningService service) =>
        service.RowsAsync(orders => orders.Log.OrderBy(line => line.Seq).Select(line => line.Message).ToListAsync(Token));

    private static string Old(int number) => $"{Earlier}{number}";

    private static bool IsOld(string line) => line.StartsWith(Earlier, StringComparison.Ordinal);
}
