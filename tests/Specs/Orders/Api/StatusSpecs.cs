using System.Text.Json;
using BusIngest.Specs.Processes;
using BusIngest.Workers.Orders.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Specs.Orders.Api;

/// <summary>The figures of a run against its rows.</summary>
public sealed class StatusSpecs : OrdersService
{
    private const int Quantity = 30_000;

    [Fact]
    public async Task Should_show_zeros_and_nulls_before_any_run()
    {
        var service = await StartAsync();

        var answer = await service.PedidosAsync("GET", "");

        Assert.Equal(
            """
            {"generationTimeMs":0,"enqueueVipTimeMs":0,"enqueueNormalTimeMs":0,"processing":{"vip":{"start":null,"end":null,"timeMs":0,"count":0},
            "normal":{"start":null,"end":null,"timeMs":0,"count":0}},"totalTimeMs":0,"wallClockMs":0,"counts":{"vip":0,"normal":0,"failed":0},
            "phase":"IDLE","lastRunId":null,"paused":false,"throughput":{"vip":0,"normal":0,"overall":0},"eta":{"estimatedMs":null,"progressPercent":0},
            "progress":{"target":0,"generated":0,"processedTotal":0},"barrier":{"lastVipProcessedAt":null,"firstNormalStartedAt":null,"held":true}}
            """.ReplaceLineEndings(""),
            answer.Text);
    }

    [Fact]
    public async Task Should_agree_with_the_rows_to_the_millisecond()
    {
        var service = await StartAsync();
        var id = await DoneAsync(service, Quantity);

        var shown = await service.GetPedidosAsync();
        var run = await UntilAsync("The end is recorded", _ => service.RowsAsync(rows => rows.Runs.SingleAsync(Token)), row => row.EndedAt is not null);
        var batches = await service.RowsAsync(rows => rows.Batches.ToListAsync(Token));

        Assert.Equal(id, shown.GetProperty("lastRunId").GetGuid());
        Assert.Equal(Ms(run.GeneratedAt - run.CreatedAt), shown.GetProperty("generationTimeMs").GetInt64());
        Assert.Equal(Ms(run.VipEnqueuedAt - run.GeneratedAt), shown.GetProperty("enqueueVipTimeMs").GetInt64());
        Assert.Equal(Ms(run.NormalEnqueuedAt - run.VipDrainedAt), shown.GetProperty("enqueueNormalTimeMs").GetInt64());
        Assert.Equal(Ms(run.EndedAt - run.CreatedAt), shown.GetProperty("wallClockMs").GetInt64());
        var vip = AssertProcessing(shown, "vip", [.. batches.Where(batch => batch.Priority is "VIP")]);
        var normal = AssertProcessing(shown, "normal", [.. batches.Where(batch => batch.Priority is "NORMAL")]);
        Assert.Equal(
            new[] { "generationTimeMs", "enqueueVipTimeMs", "enqueueNormalTimeMs" }.Sum(name => shown.GetProperty(name).GetInt64()) + vip + normal,
            shown.GetProperty("totalTimeMs").GetInt64());
        Assert.Equal($$"""{"target":{{Quantity}},"generated":{{Quantity}},"processedTotal":{{Quantity}}}""", shown.GetProperty("progress").GetRawText());
        Assert.Equal("""{"estimatedMs":0,"progressPercent":100}""", shown.GetProperty("eta").GetRawText());
        var overall = Quantity * 1_000.0 / Ms(batches.Max(batch => batch.SettledAt) - batches.Min(batch => batch.StartedAt));
        Assert.Equal(Math.Round(overall, 2), shown.GetProperty("throughput").GetProperty("overall").GetDouble());
    }

    [Fact]
    public async Task Should_show_that_vip_orders_came_first()
    {
        var service = await StartAsync();
        await DoneAsync(service, Quantity);

        var barrier = (await service.GetPedidosAsync()).GetProperty("barrier");
        var lastVip = await service.RowsAsync(rows => rows.Orders.Where(order => order.Priority == "VIP").MaxAsync(order => order.ProcessedAt, Token));
        var firstNormal = await service.RowsAsync(rows => rows.Orders.Where(order => order.Priority == "NORMAL").MinAsync(order => order.ProcessedAt, Token));

        Assert.True(lastVip < firstNormal);
        Assert.True(barrier.GetProperty("held").GetBoolean());
        Assert.Equal(lastVip, barrier.GetProperty("lastVipProcessedAt").GetDateTimeOffset());
        Assert.True(barrier.GetProperty("firstNormalStartedAt").GetDateTimeOffset() <= firstNormal);
    }

    /// <summary>In one of three runs: what slows the machine down in the middle of a run, nobody can foresee.</summary>
    [Fact]
    public async Task Should_estimate_the_time_of_arrival_to_a_quarter()
    {
        var service = await StartAsync(10_000, 2_000);
        var misses = new List<string>();
        while (misses.Count < 3 && await MissesAsync(service) is { Length: > 0 } missed)
            misses.Add(missed);
        Assert.True(misses.Count < 3, string.Join(Environment.NewLine, misses));
    }

    /// <summary>Runs 300,000 orders.</summary>
    /// <returns>The estimates from a fifth on that were wrong by more than a quarter of the run's time; empty: none.</returns>
    private static async Task<string> MissesAsync(RunningService service)
    {
        await service.RunOrdersAsync(300_000);
        var samples = new List<JsonElement>();
        await UntilAsync("The run is done", async _ =>
        {
            samples.Add(await service.GetPedidosAsync());
            return samples[^1].GetProperty("phase").ValueEquals("DONE");
        });

        var end = samples[^1].GetProperty("wallClockMs").GetInt64();
        var wrong = samples
            .Where(sample => sample.GetProperty("eta").GetProperty("progressPercent").GetDouble() >= 20)
            .Select(sample => (
                Arrival: sample.GetProperty("wallClockMs").GetInt64() + sample.GetProperty("eta").GetProperty("estimatedMs").GetInt64(),
                Percent: sample.GetProperty("eta").GetProperty("progressPercent").GetDouble()))
            .Where(sample => Math.Abs(sample.Arrival - end) > 0.25 * end)
            .ToList();
        return wrong.Count == 0 ? "" : $"It took {end} ms; estimated: {string.Join("; ", wrong)}";
    }

    private static long AssertProcessing(JsonElement shown, string name, IReadOnlyList<OrderBatch> batches)
    {
        var processing = shown.GetProperty("processing").GetProperty(name);
        var (start, end, count) = (batches.Min(batch => batch.StartedAt), batches.Max(batch => batch.SettledAt), batches.Sum(batch => batch.Processed));
        Assert.Equal(start, processing.GetProperty("start").GetDateTimeOffset());
        Assert.Equal(end, processing.GetProperty("end").GetDateTimeOffset());
        Assert.Equal(Ms(end - start), processing.GetProperty("timeMs").GetInt64());
        Assert.Equal(count, processing.GetProperty("count").GetInt32());
        Assert.Equal(count, shown.GetProperty("counts").GetProperty(name).GetInt32());
        Assert.Equal(Math.Round(count * 1_000.0 / Math.Max(1, Ms(end - start)), 2), shown.GetProperty("throughput").GetProperty(name).GetDouble());
        return Ms(end - start);
    }

    private static long Ms(TimeSpan? span) => (long)span!.Value.TotalMilliseconds;
}
