using BusIngest.Api.Sagas;
using BusIngest.Api.Timers;
using BusIngest.Bus.Scheduling;
using BusIngest.Sagas.Timers;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Dashboard.Sampling;

/// <summary>The timers: those whose webhook answered, and those that are due and have not come so far.</summary>
internal sealed class TimersProbe(TimeProvider time) : IWorkloadProbe
{
    public string Name => "Timers";

    public string Unit => "webhooks";

    public string Path => "/dashboard/timers";

    public string EndpointPrefix => "timer";

    public async Task<WorkloadFigures> ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var kinds = await services.GetRequiredService<SagaQueries>().CountAsync(cancellationToken);
        var states = kinds.Kinds.FirstOrDefault(kind => kind.Kind is TimerState.Kind)?.States;
        var overdue = await OverdueMsAsync(services.GetRequiredService<SchedulingContext>(), cancellationToken);
        return new WorkloadFigures(
            Count(TimerStatus.Finished), Count(TimerStatus.Running), overdue, Count(TimerStatus.Failed), $"{Show.Count(Count(TimerStatus.Scheduled))} scheduled");

        long Count(string state) => states?.GetValueOrDefault(state) ?? 0;
    }

    /// <summary>For how long the oldest scheduled message should have fired; null when none is overdue.</summary>
    private async Task<long?> OverdueMsAsync(SchedulingContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var first = await context.ReadAsync(() => context.Messages.MinAsync(x => (DateTimeOffset?)x.DueAt, cancellationToken));
        return first < now ? (long)(now - first.Value).TotalMilliseconds : null;
    }
}
