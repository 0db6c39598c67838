using BusIngest.Support;
using BusIngest.Support.Orders;
using BusIngest.Support.Programs;

namespace BusIngest.Faults.Orders;

/// <summary>A run that is cancelled, or wiped, in any phase: nothing of it is processed any more, whatever happens to the process.</summary>
public sealed class OrderSteeringTests : OrderFaultTest
{
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Should_abort_in_time_and_process_nothing_more_when_cancelled_in_any_phase()
    {
        var installation = await StartAsync(SmallPieces);
        foreach (var phase in LongPhases)
        {
            var runId = await StartRunAsync(installation, phase);
            await RandomMomentAsync($"Cancel in {phase}", 0, 100);
            await CancelAsync(installation, runId);
        }

        await VerifyAsync(installation, await Api(installation).GenerateAsync(Quantity, Token));
    }

    [Fact]
    public async Task Should_abort_when_killed_right_after_the_answer_to_a_cancel()
    {
        var installation = await StartAsync(SmallPieces);
        for (var round = 1; round <= Rounds.Third; round++)
        {
            var runId = await StartRunAsync(installation, AnyLongPhase());
            await RandomMomentAsync($"Round {round}: cancel", 0, 100);
            await CancelAsync(installation, runId, () => KillAndStartAsync(installation, SmallPieces));
        }

        await VerifyAsync(installation, await Api(installation).GenerateAsync(Quantity, Token));
    }

    [Fact]
    public async Task Should_abort_or_go_on_when_killed_while_it_is_cancelled()
    {
        var installation = await StartAsync(SmallPieces);
        for (var round = 1; round <= Rounds.Third; round++)
        {
            var runId = await StartRunAsync(installation, AnyLongPhase());
            var cancelling = Api(installation).CancelAsync(removePending: true, Token);
            await RandomMomentAsync($"Round {round}: kill", 0, 150);
            await installation.Program.KillAsync();
            var isAnswered = await IsAnsweredAsync(cancelling);
            await installation.StartAsync(Token, SmallPieces);

            var status = await Eventually.BecomesAsync(
                "The run is over", Api(installation).StatusAsync, static status => !status.IsUnderWay, PhaseDeadline, Token);
            Log($"{status.Phase}, {(isAnswered ? "" : "not ")}answered");
            if (isAnswered || status.Phase is "ABORTED")
                await AssertAbortedAsync(installation, runId, removePending: true);
            else
                await VerifyAsync(installation, runId);
        }
    }

    [Fact]
    public async Task Should_process_nothing_while_paused_and_go_on_after_a_kill_when_resumed()
    {
        var installation = await StartAsync(SmallPieces);
        var api = Api(installation);
        var runId = await StartRunAsync(installation, "WAITING_NORMAL_DRAIN");
        await api.PauseAsync(Token);
        Assert.True((await api.StatusAsync(Token)).Paused);
        await Task.Delay(PauseLimit, TimeProvider.System, Token);
        var paused = await Stored(installation).ReadAsync(runId, Token);

        await KillAndStartAsync(installation, SmallPieces);

        Assert.True((await api.StatusAsync(Token)).Paused);
        await AssertStillAsync(installation, runId, paused);
        await api.ResumeAsync(Token);
        await VerifyAsync(installation, runId);
    }

    [Fact]
    public async Task Should_begin_anew_when_wiped_during_a_run()
    {
        var installation = await StartAsync(SmallPieces);
        foreach (var phase in LongPhases)
        {
            var wiped = await StartRunAsync(installation, phase);
            await RandomMomentAsync($"Reset in {phase}", 0, 100);
            await Api(installation).ResetAsync(Token);
            await IdleAsync(installation);
            var runId = await Api(installation).GenerateAsync(Quantity, Token);
            await VerifyAsync(installation, runId);
            Assert.Equal(0, (await Stored(installation).ReadAsync(wiped, Token)).Orders);
        }
    }

    private string AnyLongPhase() => LongPhases[Random.Next(LongPhases.Count)];

    private async Task CancelAsync(Installation installation, Guid runId, Func<Task>? fault = null)
    {
        var removePending = Random.Next(2) == 0;
        var begun = TimeProvider.System.GetTimestamp();
        await Api(installation).CancelAsync(removePending, Token);
        if (fault is not null)
            await fault();
        var status = await Eventually.BecomesAsync(
            "The run is over", Api(installation).StatusAsync, static status => !status.IsUnderWay, PhaseDeadline, Token);
        var elapsed = TimeProvider.System.GetElapsedTime(begun);

        Log($"{status.Phase} after {elapsed.TotalMilliseconds:0} ms");
        Assert.Equal((runId, "ABORTED"), (status.LastRunId, status.Phase));
        // A start of the program has a limit of its own.
        if (fault is null)
            Assert.InRange(elapsed, TimeSpan.Zero, AbortLimit);
        await AssertAbortedAsync(installation, runId, removePending);
    }

    private static async Task<bool> IsAnsweredAsync(Task request)
    {
        try
        {
            await request;
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task AssertAbortedAsync(Installation installation, Guid runId, bool removePending)
    {
        var rows = await Stored(installation).ReadAsync(runId, Token);
        await AssertStillAsync(installation, runId, rows);
        Assert.Equal((rows.Processed, rows.Processed), (rows.Noted, rows.NotedOrders));
        Assert.Equal(0, rows.OpenBatches);
        if (removePending)
            Assert.Equal(rows.Processed, rows.Orders);
    }

    private static async Task AssertStillAsync(Installation installation, Guid runId, OrderRows rows)
    {
        Log($"{rows}");
        await Task.Delay(Watch, TimeProvider.System, Token);
        Assert.Equal(rows, await Stored(installation).ReadAsync(runId, Token));
    }

    private static async Task IdleAsync(Installation installation)
    {
        var status = await Eventually.BecomesAsync(
            "There is no run", Api(installation).StatusAsync, static status => status.Phase is "IDLE", PhaseDeadline, Token);
        Assert.Equal(new OrdersCounts(0, 0, 0), status.Counts);
        Assert.Equal(new OrdersProgress(0, 0, 0), status.Progress);
    }
}
