using BusIngest.Support;
using BusIngest.Support.Programs;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.Timers;

/// <summary>kill -9 while timers wait, fire, are delivered and are tried again: none is lost, and only what was in doubt comes twice.</summary>
public sealed class TimerKillTests : TimerFaultTest
{
    // A start, on a machine that is busy, and the timers that fall due together.
    private static readonly TimeSpan SoonAfterStart = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Should_deliver_every_acknowledged_timer_when_killed_under_load()
    {
        var installation = Install();
        await using var load = TimerLoad.Start(() => installation.Address, Ledger, Sink, Random);
        for (var round = 1; round <= Rounds.Full; round++)
        {
            await StartUnderLoadAsync(installation);
            await RandomMomentAsync($"Round {round}: kill", 100, 4_000);
            await KillAsync(installation);
        }

        await StartAsync(installation);
        await load.StopAsync();
        await TimerAccounting.VerifyAsync(installation, Ledger, Sink, Lives, Token);
    }

    [Fact]
    public async Task Should_deliver_every_acknowledged_timer_when_killed_while_all_fire()
    {
        var installation = Install();
        for (var round = 1; round <= Rounds.Full; round++)
        {
            await StartAsync(installation);
            var called = Sink.Arrivals.Count;
            await PostAsync(installation, 150, () => Random.Next(1, 3), name => Sink.Url(name, DrawBehaviour()), $"round-{round}");
            await Eventually.HoldsAsync("The first are called", _ => Task.FromResult(Sink.Arrivals.Count > called), LoadDeadline, Token);
            await RandomMomentAsync($"Round {round}: kill", 0, 1_200);
            await KillAsync(installation);
        }

        await StartAsync(installation);
        await TimerAccounting.VerifyAsync(installation, Ledger, Sink, Lives, Token);
    }

    [Fact]
    public async Task Should_deliver_every_acknowledged_timer_when_killed_while_starting()
    {
        var installation = Install();
        for (var round = 1; round <= Rounds.Third; round++)
        {
            await StartAsync(installation);
            await PostAsync(installation, 60, () => Random.Next(0, 4), name => Sink.Url(name, DrawBehaviour()), $"round-{round}");
            await KillAsync(installation);
            for (var start = 1; start <= 3; start++)
            {
                await installation.LaunchAsync(Settings);
                await RandomMomentAsync($"Round {round}, start {start}: kill", 400, 2_500);
                await KillAsync(installation);
            }
        }

        await StartAsync(installation);
        await TimerAccounting.VerifyAsync(installation, Ledger, Sink, Lives, Token);
    }

    [Fact]
    public async Task Should_fire_at_once_what_fell_due_while_it_was_dead()
    {
        var installation = Install();
        await StartAsync(installation);
        var timers = await PostAsync(installation, 120, () => Random.Next(4, 7), name => Sink.Url(name, WebhookBehaviour.Prompt));
        await KillAsync(installation);
        Assert.Empty(Sink.Arrivals);
        var last = timers.Max(static timer => timer.Latest);
        await Eventually.HoldsAsync("All are overdue", _ => Task.FromResult(TimeProvider.System.GetUtcNow() > last), LoadDeadline, Token);

        var program = await StartAsync(installation);

        await Eventually.BecomesAsync(
            "All are delivered", _ => Task.FromResult(Sink.Arrivals.Count), count => count >= timers.Count, SoonAfterStart, Token);
        Log($"All delivered {program.Age.TotalMilliseconds:0} ms after the start");
        await TimerAccounting.VerifyAsync(installation, Ledger, Sink, Lives, Token);
        Assert.Equal(timers.Count, Sink.Arrivals.Count);
    }

    private WebhookBehaviour DrawBehaviour() => Random.Next(4) switch
    {
        0 => WebhookBehaviour.Prompt,
        1 => WebhookBehaviour.After(Random.Next(1, 3), 409),
        _ => WebhookBehaviour.Slow(TimeSpan.FromMilliseconds(Random.Next(0, 400))),
    };

    private async Task StartUnderLoadAsync(Installation installation)
    {
        await StartAsync(installation);
        await Ledger.WaitForMoreAsync(1, LoadDeadline, Token);
    }
}
