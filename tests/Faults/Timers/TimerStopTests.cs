using BusIngest.Support;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.Timers;

/// <summary>SIGTERM while timers fire: what is in hand is finished, in time, and the next process goes on.</summary>
public sealed class TimerStopTests : TimerFaultTest
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Should_end_in_time_and_call_nobody_twice_when_terminated_while_timers_fire()
    {
        var installation = Install();
        await using var load = TimerLoad.Start(() => installation.Address, Ledger, Sink, Random);
        for (var round = 1; round <= Rounds.Third; round++)
        {
            var program = await StartAsync(installation);
            var called = Sink.Arrivals.Count;
            await Eventually.HoldsAsync("Timers fire", _ => Task.FromResult(Sink.Arrivals.Count > called + 20), LoadDeadline, Token);
            await RandomMomentAsync($"Round {round}: terminate", 0, 2_000);

            var exit = await program.TerminateAsync(StopLimit, Token);

            Log($"Ended after {exit.After.TotalMilliseconds:0} ms");
            Assert.True(exit.Code == 0, $"Exit code {exit.Code}:\n{program.Output.Tail(40)}");
        }

        await StartAsync(installation);
        await load.StopAsync();
        // No process was killed, so that no call may be in doubt.
        await TimerAccounting.VerifyAsync(installation, Ledger, Sink, Lives, Token);
    }
}
