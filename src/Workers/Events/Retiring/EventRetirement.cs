using BusIngest.Bus.Supervision;

namespace BusIngest.Workers.Events.Retiring;

/// <summary>Deletes events that are past their retention. One that was just within it when it was accepted is stored all the same, so
/// that nothing is deleted before another day is over.</summary>
internal sealed class EventRetirement(IRetiring retiring, EventOptions options, TimeProvider time, Supervisor supervisor)
    : SupervisedService(supervisor, "event-retirement")
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    protected override Task RunAsync(BackgroundLoop loop, CancellationToken stopping) => options.RetentionDays == 0
        ? Task.CompletedTask
        : loop.EveryAsync(Period, token => retiring.RetireAsync(time.GetUtcNow().AddDays(-options.RetentionDays - 1), token), stopping);
}
