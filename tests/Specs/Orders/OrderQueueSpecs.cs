using BusIngest.Contracts.Orders;
using BusIngest.Specs.Processes;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Specs.Orders;

public sealed class OrderQueueSpecs : Spec
{
    private const int Quantity = 20_000;

    [Fact]
    public async Task Should_begin_nothing_while_paused_and_go_on_when_resumed()
    {
        var process = Own(await BusProcess.StartAsync(Folder, OrdersProcess.Setup()));
        Assert.Equal(new OrdersSteered(true, false), await process.SteerAsync(paused: true, closed: null));
        Assert.True(await process.GenerateAsync(Quantity));
        await UntilAsync("All is generated", async _ => (await process.RunAsync()).Facts.Phase is OrderPhases.WaitingVipDrain);

        await UntilAsync("The messages are passed over", async _ => (await process.ReadAsync(rows => rows.Batches.CountAsync(Token))) > 0 && process.Idle());
        Assert.Equal(0, await ProcessedAsync(process));

        Assert.Equal(new OrdersSteered(false, false), await process.SteerAsync(paused: false, closed: false));
        await DoneAsync(process);
        Assert.Equal(Quantity, await ProcessedAsync(process));
    }

    [Fact]
    public async Task Should_stay_paused_after_a_restart_and_open_again_when_it_was_closed()
    {
        await using (var earlier = await BusProcess.StartAsync(Folder, OrdersProcess.Setup()))
        {
            await earlier.SteerAsync(paused: true, closed: true);
            Assert.True(await earlier.GenerateAsync(Quantity));
            await UntilAsync("The queue stands", async _ => await earlier.ReadAsync(rows => rows.Queue.AnyAsync(queue => queue.Closed && queue.Paused, Token)));
        }

        var process = Own(await BusProcess.StartAsync(Folder, OrdersProcess.Setup()));
        await UntilAsync("It is not closed", async _ => await process.ReadAsync(rows => rows.Queue.AnyAsync(queue => !queue.Closed && queue.Paused, Token)));
        Assert.Equal(0, await ProcessedAsync(process));

        await process.SteerAsync(paused: false, closed: null);
        await DoneAsync(process);
        Assert.Equal(Quantity, await ProcessedAsync(process));
    }

    [Theory]
    [InlineData(OrderPhases.Generating)]
    [InlineData(OrderPhases.WaitingVipDrain)]
    [InlineData(OrderPhases.WaitingNormalDrain)]
    public async Task Should_finish_what_is_in_hand_and_process_nothing_more_once_it_is_cancelled(string phase)
    {
        var process = Own(await BusProcess.StartAsync(Folder, OrdersProcess.Setup()));
        if (phase is OrderPhases.WaitingVipDrain)
            await process.SteerAsync(paused: true, closed: null);
        Assert.True(await process.GenerateAsync(Quantity));
        await UntilAsync(phase, async _ => string.Equals((await process.RunAsync()).Facts.Phase, phase, StringComparison.Ordinal));

        var halting = await process.CancelAsync(purge: true, removePending: true);
        await UntilAsync("It stands", async _ => (await process.RunAsync()).LastHalt?.Halt == halting.Halt);

        var run = await process.RunAsync();
        Assert.Equal((true, OrderPhases.Aborted), (halting.WasActive, run.Facts.Phase));
        var processed = await ProcessedAsync(process);
        await UntilAsync("Nothing is under way", process.Idle);
        Assert.Equal(processed, await ProcessedAsync(process));
        var left = await process.ReadAsync(rows => rows.Orders.CountAsync(order => order.Status == OrderNames.Pending, Token));
        Assert.Equal(0, left);
        OrderRunSpecs.AssertBarrier(await process.ReadAsync(rows => rows.Orders.ToListAsync(Token)));

        await process.SteerAsync(paused: false, closed: false);
        Assert.True(await process.GenerateAsync(2_000));
        await DoneAsync(process);
        Assert.Equal(processed + 2_000, await ProcessedAsync(process));
    }

    [Fact]
    public async Task Should_wipe_all_but_the_history_in_the_middle_of_a_run()
    {
        var process = Own(await BusProcess.StartAsync(Folder, OrdersProcess.Setup()));
        Assert.True(await process.GenerateAsync(Quantity));
        await UntilAsync("Some are processed", async _ => await ProcessedAsync(process) > 0);

        await process.ResetAsync(history: false);
        await UntilAsync("It is wiped", async _ => (await process.RunAsync()).Facts.Phase is OrderPhases.Idle);
        await UntilAsync("Nothing is under way", process.Idle);
        Assert.Equal(0, await process.ReadAsync(rows => rows.Orders.CountAsync(Token)));
        Assert.Equal(1, await process.ReadAsync(rows => rows.Runs.CountAsync(Token)));

        Assert.True(await process.GenerateAsync(3_000));
        await DoneAsync(process);
        Assert.Equal(3_000, await ProcessedAsync(process));

        await process.ResetAsync(history: true);
        await UntilAsync("All is wiped", async _ => (await process.RunAsync()).Facts.Phase is OrderPhases.Idle);
        await UntilAsync("Nothing is under way", process.Idle);
        Assert.Equal(0, await process.ReadAsync(rows => rows.Runs.CountAsync(Token)));
    }

    [Fact]
    public async Task Should_give_up_an_order_that_always_fails_alone_and_process_it_when_it_is_retried()
    {
        var process = Own(await BusProcess.StartAsync(Folder, OrdersProcess.Setup()));
        await process.SteerAsync(paused: true, closed: null);
        Assert.True(await process.GenerateAsync(5_000));
        await UntilAsync("All is generated", async _ => (await process.RunAsync()).Facts.Phase is OrderPhases.WaitingVipDrain);
        var vip = await process.ReadAsync(rows => rows.Orders.Where(order => order.Priority == "VIP").OrderBy(order => order.Seq).FirstAsync(Token));
        var normal = await process.ReadAsync(rows => rows.Orders.Where(order => order.Priority == "NORMAL").OrderBy(order => order.Seq).LastAsync(Token));
        await process.PoisonAsync(vip.Seq, normal.Seq);

        await process.SteerAsync(paused: false, closed: null);
        await DoneAsync(process);

        var failed = await process.ReadAsync(rows => rows.Orders.Where(order => order.Status == OrderNames.Failed).ToListAsync(Token));
        Assert.Equal([vip.Seq, normal.Seq], failed.Select(order => order.Seq));
        Assert.Equal(4_998, await ProcessedAsync(process));
        var jobs = await process.ReadAsync(rows => rows.Batches.Where(batch => batch.State == OrderJobStates.Failed).ToListAsync(Token));
        Assert.All(jobs, job => Assert.Equal((1, 2), (job.Failed, job.Attempts)));
        Assert.All(jobs, job => Assert.Contains(OrdersProcess.Complaint, job.Error, StringComparison.Ordinal));

        await process.MendAsync();
        Assert.False((await process.CancelAsync(purge: true)).WasActive);
        Assert.Equal(2, await process.ChangeJobsAsync(new RetryFailedOrders((await process.RunAsync()).Facts.Run)));
        await UntilAsync("All are processed", async _ => await ProcessedAsync(process) == 5_000);
        var run = await UntilAsync("The history has it", _ => process.ReadAsync(rows => rows.Runs.SingleAsync(Token)), run => run.Failed == 0);
        Assert.Equal(5_000, run.VipProcessed + run.NormalProcessed);
    }

    [Fact]
    public async Task Should_go_on_without_what_is_taken_out_of_the_queue()
    {
        var process = Own(await BusProcess.StartAsync(Folder, OrdersProcess.Setup()));
        await process.SteerAsync(paused: true, closed: null);
        Assert.True(await process.GenerateAsync(5_000));
        await UntilAsync("All is generated", async _ => (await process.RunAsync()).Facts.Phase is OrderPhases.WaitingVipDrain);
        var vip = await process.ReadAsync(rows => rows.Orders.CountAsync(order => order.Priority == "VIP", Token));

        var removed = await process.ChangeJobsAsync(new CleanOrderJobs(1, OrderJobStates.Waiting, 0, 1_000));
        Assert.Equal(10, removed);
        await process.SteerAsync(paused: false, closed: null);
        await DoneAsync(process);

        Assert.Equal(5_000 - vip, await ProcessedAsync(process));
        Assert.Equal((5_000 - vip + 699) / 700, await process.ChangeJobsAsync(new CleanOrderJobs(1, OrderJobStates.Completed, 0, 1_000)));
        Assert.Equal(0, await process.ChangeJobsAsync(new CleanOrderJobs(1, OrderJobStates.Completed, 0, 1_000)));
    }

    [Fact]
    public async Task Should_put_back_a_batch_that_somebody_hangs_with_and_count_his_work_no_more()
    {
        var process = Own(await BusProcess.StartAsync(Folder, OrdersProcess.Setup()));
        await process.SteerAsync(paused: true, closed: null);
        Assert.True(await process.GenerateAsync(2_000));
        await UntilAsync("All is generated", async _ => (await process.RunAsync()).Facts.Phase is OrderPhases.WaitingVipDrain);
        await UntilAsync("Nothing is under way", process.Idle);
        await process.ExecuteAsync("UPDATE order_batches SET state = 'active', claim = '00000000-0000-0000-0000-000000000001', attempts = 1, changed_at = changed_at - 60000 WHERE run = 1");

        await process.SteerAsync(paused: false, closed: null);
        await UntilAsync("Nothing is under way", process.Idle);
        Assert.Equal(0, await ProcessedAsync(process));
        Assert.Equal(1, await process.ChangeJobsAsync(new RecoverStuckOrders(1, 1)));
        Assert.Equal(3, await process.ChangeJobsAsync(new RecoverStuckOrders(1, 100)));

        await DoneAsync(process);
        Assert.Equal(2_000, await ProcessedAsync(process));
    }

    private static Task<int> ProcessedAsync(BusProcess process) =>
        process.ReadAsync(rows => rows.Orders.CountAsync(order => order.Status == OrderNames.Processed, Token));

    private static Task DoneAsync(BusProcess process) =>
        UntilAsync("The run is done", async _ => (await process.RunAsync()).Facts.Phase is OrderPhases.Done);
}
