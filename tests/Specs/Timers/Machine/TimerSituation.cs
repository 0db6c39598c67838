using BusIngest.Contracts.Timers;

namespace BusIngest.Specs.Timers.Machine;

/// <summary>Where a timer may be when something happens to it.</summary>
public enum TimerSituation
{
    Missing,
    Scheduled,
    Calling,
    Pausing,
    Finished,
    Failed,
    Cancelled,
}

internal static class TimerSituations
{
    /// <summary>Brings a new timer there, by the shortest way that leaves every kind of trace: all but the first two have been due.</summary>
    public static async Task BringToAsync(this TimerBench bench, TimerSituation situation)
    {
        if (situation == TimerSituation.Missing)
            return;
        await bench.SendAsync(bench.Creation);
        if (situation == TimerSituation.Cancelled)
            await bench.SendAsync(new CancelTimer(bench.Id));
        if (situation is TimerSituation.Scheduled or TimerSituation.Cancelled)
            return;

        await bench.FireLastAsync();
        await bench.SendAsync(bench.Failure(1));
        if (situation == TimerSituation.Pausing)
            return;

        await bench.FireLastAsync();
        if (situation == TimerSituation.Finished)
            await bench.SendAsync(bench.Success(2));
        if (situation == TimerSituation.Failed)
            await bench.SendAsync(bench.Surrender(2));
    }

    public static WebhookAttemptFailed Failure(this TimerBench bench, int attempt, long? retryAfterMs = null) =>
        new(bench.Id, attempt, $"503 at try {attempt}", retryAfterMs);

    public static WebhookDelivered Success(this TimerBench bench, int attempt) => new(bench.Id, attempt, bench.Clock.GetUtcNow());

    public static WebhookAbandoned Surrender(this TimerBench bench, int attempt) => new(bench.Id, attempt, $"410 at try {attempt}");
}
