using BusIngest.Support;

namespace BusIngest.Faults.Orders;

/// <summary>kill -9 in every phase: the run goes on by itself, and every order is processed once, VIP ones first.</summary>
public sealed class OrderKillTests : OrderFaultTest
{
    private const int LargeQuantity = 200_000;

    [Fact]
    public async Task Should_end_done_when_killed_on_either_side_of_the_barrier()
    {
        var installation = await StartAsync(SmallPieces);
        for (var round = 1; round <= Rounds.Third; round++)
        {
            var runId = await StartRunAsync(installation, "GENERATING");
            await RandomMomentAsync($"Round {round}: kill while generating", 0, 600);
            await KillAndStartAsync(installation, SmallPieces);
            await InPhaseAsync(installation, "WAITING_NORMAL_DRAIN");
            await RandomMomentAsync($"Round {round}: kill past the barrier", 0, 300);
            await KillAndStartAsync(installation, SmallPieces);
            await VerifyAsync(installation, runId);
        }
    }

    [Fact]
    public async Task Should_keep_phase_and_pause_when_killed_before_the_barrier()
    {
        var installation = await StartAsync(SmallPieces);
        for (var round = 1; round <= Rounds.Third; round++)
        {
            var api = Api(installation);
            var runId = await api.GenerateAsync(Quantity, Token);
            await api.PauseAsync(Token);
            await InPhaseAsync(installation, "WAITING_VIP_DRAIN");
            var before = await Stored(installation).ReadAsync(runId, Token);
            await KillAndStartAsync(installation, SmallPieces);
            var status = await api.StatusAsync(Token);
            Assert.Equal((runId, "WAITING_VIP_DRAIN", true), (status.LastRunId, status.Phase, status.Paused));
            Assert.Equal(before, await Stored(installation).ReadAsync(runId, Token));

            await api.ResumeAsync(Token);
            // VIP orders are drained and NORMAL ones enqueued in the next moments.
            await RandomMomentAsync($"Round {round}: kill at the barrier", 0, 500);
            await KillAndStartAsync(installation, SmallPieces);
            await VerifyAsync(installation, runId);
        }
    }

    [Fact]
    public async Task Should_end_done_when_killed_again_and_again()
    {
        var installation = await StartAsync();
        var api = Api(installation);
        var runId = await api.GenerateAsync(LargeQuantity, Token);
        for (var round = 1; round <= Rounds.Full; round++)
        {
            if (!(await api.StatusAsync(Token)).IsUnderWay)
            {
                await VerifyAsync(installation, runId, LargeQuantity);
                runId = await api.GenerateAsync(LargeQuantity, Token);
            }

            await RandomMomentAsync($"Round {round}: kill", 0, 700);
            await installation.Program.KillAsync();
            await installation.LaunchAsync();
            await RandomMomentAsync($"Round {round}: kill while starting", 0, 1_500);
            await KillAndStartAsync(installation);
        }

        await VerifyAsync(installation, runId, LargeQuantity);
    }
}
