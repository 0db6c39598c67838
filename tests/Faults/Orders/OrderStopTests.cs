using BusIngest.Support;

namespace BusIngest.Faults.Orders;

/// <summary>SIGTERM and a standstill in the middle of a run: it goes on where it was.</summary>
public sealed class OrderStopTests : OrderFaultTest
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Should_end_in_time_and_go_on_when_terminated_during_a_run()
    {
        var installation = await StartAsync(SmallPieces);
        for (var round = 1; round <= Rounds.Third; round++)
        {
            var runId = await Api(installation).GenerateAsync(Quantity, Token);
            await RandomMomentAsync($"Round {round}: terminate", 100, 2_000);

            var program = installation.Program;
            var exit = await program.TerminateAsync(StopLimit, Token);

            Log($"Ended after {exit.After.TotalMilliseconds:0} ms");
            Assert.True(exit.Code == 0, $"Exit code {exit.Code}:\n{program.Output.Tail(40)}");
            await installation.StartAsync(Token, SmallPieces);
            await VerifyAsync(installation, runId);
        }
    }

    [Fact]
    public async Task Should_go_on_where_it_was_when_frozen_during_a_run()
    {
        var installation = await StartAsync(SmallPieces);
        var runId = await Api(installation).GenerateAsync(Quantity, Token);
        await RandomMomentAsync("Freeze", 100, 1_500);

        installation.Program.Freeze();
        await Task.Delay(Frozen, TimeProvider.System, Token);
        installation.Program.Continue();

        await VerifyAsync(installation, runId);
    }
}
