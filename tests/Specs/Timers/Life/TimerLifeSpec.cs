using BusIngest.Specs.Timers.Webhooks;

namespace BusIngest.Specs.Timers.Life;

/// <summary>A test of timers from end to end, on a clock that it sets.</summary>
public abstract class TimerLifeSpec : WebhookSpec
{
    private protected static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private protected async Task<TimerProcess> StartAsync() => Own(await TimerProcess.StartAsync(Folder, Clock, Options));

    /// <summary>Sets a timer and waits until its saga has begun.</summary>
    private protected static async Task<Guid> ScheduleAsync(TimerProcess process, string url, TimeSpan dueIn)
    {
        var id = await process.CreateAsync(url, dueIn);
        await BecomesAsync(process, id, "Scheduled");
        return id;
    }

    private protected static Task BecomesAsync(TimerProcess process, Guid id, string state) => UntilAsync(
        $"The timer is {state}",
        async _ => (await process.FindAsync(id))?.CurrentState,
        now => string.Equals(now, state, StringComparison.Ordinal));

    /// <summary>Waits until a try has failed and the next one is scheduled.</summary>
    private protected static Task WaitsForTryAsync(TimerProcess process, Guid id, int attempt) => UntilAsync(
        $"Try {attempt} waits for its time",
        async _ => await process.FindAsync(id) is { NextAttemptAt: not null } timer && timer.Attempts == attempt - 1);

    /// <summary>
    /// Lets time pass until a moment, and shows that everything due by then has fired: a timer of another host, due a millisecond
    /// before that moment, is delivered.
    /// </summary>
    private protected async Task PassAsync(TimerProcess process, TimeSpan by)
    {
        var other = await StubAsync();
        var id = await ScheduleAsync(process, other.Url(), by - Tick);
        Clock.Advance(by);
        await BecomesAsync(process, id, "Finished");
    }
}
