using BusIngest.Api.Hosting;
using BusIngest.Api.Sync;
using BusIngest.Workers.Sync.Storing;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Dashboard.Sampling;

/// <summary>What is pulled: events that are stored, and those that the runs under way have still to fetch.</summary>
internal sealed class SyncProbe : IWorkloadProbe
{
    private const int LatestRuns = 20;

    public string Name => "Sync";

    public string Unit => "events";

    public string Path => "/dashboard/sync";

    public string EndpointPrefix => "sync";

    public async Task<WorkloadFigures> ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var context = services.GetRequiredService<SyncContext>();
        var stored = await context.ReadAsync(() => context.Runs.SumAsync(run => run.EventsStored, cancellationToken));
        var latest = await services.GetRequiredService<RunQueries>().ListAsync(new PageRequest(LatestRuns, null), null, null, cancellationToken);
        var active = latest.Runs.Where(run => !run.IsOver).ToList();
        return new WorkloadFigures(
            stored,
            active.Sum(run => Math.Max(0, (run.Total ?? 0) - run.EventsFetched)),
            active.Max(run => run.HeartbeatAgeMs),
            latest.Runs.Count(run => run.State is "Failed"),
            active.Count == 0 ? "no run under way" : string.Join(", ", active.Select(run => $"{run.Source}: {run.State}")));
    }
}
