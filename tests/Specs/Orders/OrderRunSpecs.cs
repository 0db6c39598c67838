using BusIngest.Contracts.Orders;
using BusIngest.Specs.Processes;
using BusIngest.Workers.Orders.Storage;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Specs.Orders;

public sealed class OrderRunSpecs : Spec
{
    [Theory]
    [InlineData(1)]
    [InlineData(499)]
    [InlineData(25_000)]
    public async Task Should_process_every_order_once_and_vip_ones_before_all_others(int quantity)
    {
        var process = Own(await BusProcess.StartAsync(Folder, OrdersProcess.Setup()));

        Assert.True(await process.GenerateAsync(quantity));
        await DoneAsync(process);

        var orders = await process.ReadAsync(rows => rows.Orders.ToListAsync(Token));
        Assert.Equal(quantity, orders.Count);
        Assert.Equal(quantity, orders.Select(order => order.Id).Distinct().Count());
        Assert.All(orders, order => Assert.Equal(OrderNames.Processed, order.Status));
        AssertBarrier(orders);
        var batches = await process.ReadAsync(rows => rows.Batches.ToListAsync(Token));
        Assert.Equal(quantity, batches.Sum(batch => batch.Processed));
        Assert.All(batches, batch => Assert.Equal((OrderJobStates.Completed, 1), (batch.State, batch.Attempts)));
    }

    [Fact]
    public async Task Should_take_one_run_at_a_time()
    {
        var process = Own(await BusProcess.StartAsync(Folder, OrdersProcess.Setup()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => process.GenerateAsync(5_000)));

        Assert.Single(answers, accepted => accepted);
        await DoneAsync(process);
        Assert.Equal(1, (await process.RunAsync()).Facts.Run);
        Assert.Equal(5_000, await process.ReadAsync(rows => rows.Orders.CountAsync(Token)));
    }

    [Fact]
    public async Task Should_write_a_run_s_history()
    {
        var process = Own(await BusProcess.StartAsync(Folder, OrdersProcess.Setup()));
        Assert.True(await process.GenerateAsync(5_000));
        await DoneAsync(process);

        var run = await UntilAsync("The end is recorded", _ => process.ReadAsync(rows => rows.Runs.SingleAsync(Token)), run => run.EndedAt is not null);

        var batches = await process.ReadAsync(rows => rows.Batches.ToListAsync(Token));
        Assert.Equal((OrderPhases.Done, 5_000, 0), (run.Phase, run.VipProcessed + run.NormalProcessed, run.Failed));
        Assert.Equal(batches.Where(batch => batch.Priority is "VIP").Sum(batch => batch.Size), run.VipProcessed);
        Assert.Equal(batches.Where(batch => batch.Priority is "VIP").Max(batch => batch.SettledAt), run.VipEndedAt);
        Assert.Equal(batches.Where(batch => batch.Priority is "NORMAL").Min(batch => batch.StartedAt), run.NormalStartedAt);
        Assert.True(run.CreatedAt <= run.GeneratedAt && run.GeneratedAt <= run.VipEnqueuedAt && run.VipEnqueuedAt <= run.VipDrainedAt
            && run.VipDrainedAt <= run.NormalEnqueuedAt && run.NormalEnqueuedAt <= run.EndedAt);
        var log = await process.ReadAsync(rows => rows.Log.OrderBy(line => line.Seq).ToListAsync(Token));
        Assert.Contains(log, line => line.Message.Contains(OrderPhases.Done, StringComparison.Ordinal));
    }

    internal static void AssertBarrier(IReadOnlyList<Order> orders)
    {
        var vip = orders.Where(order => order is { Priority: "VIP", ProcessedAt: not null }).Select(order => order.ProcessedAt).DefaultIfEmpty().Max();
        var normal = orders.Where(order => order is { Priority: "NORMAL", ProcessedAt: not null }).Select(order => order.ProcessedAt).DefaultIfEmpty().Min();
        Assert.True(vip is null || normal is null || vip < normal, $"VIP until {vip:O}, NORMAL from {normal:O}");
    }

    private static Task DoneAsync(BusProcess process) =>
        UntilAsync("The run is done", async _ => (await process.RunAsync()).Facts.Phase is OrderPhases.Done);
}
