using BusIngest.Support;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.Timers;

/// <summary>A process that stands still while timers fall due.</summary>
public sealed class TimerFreezeTests : TimerFaultTest
{
    [Fact]
    public async Task Should_fire_each_once_when_it_goes_on()
    {
        var installation = Install();
        var program = await StartAsync(installation);
        var timers = await PostAsync(installation, 150, () => Random.Next(2, 6), name => Sink.Url(name, WebhookBehaviour.Prompt));
        await RandomMomentAsync("Freeze", 0, 1_500);

        program.Freeze();
        var last = timers.Max(static timer => timer.Latest);
        await Eventually.HoldsAsync("All are due", _ => Task.FromResult(TimeProvider.System.GetUtcNow() > last), LoadDeadline, Token);
        Log($"{Sink.Arrivals.Count} of {timers.Count} were delivered before");
        program.Continue();

        await TimerAccounting.VerifyAsync(installation, Ledger, Sink, Lives, Token);
        Assert.Equal(timers.Count, Sink.Arrivals.Count);
    }
}
