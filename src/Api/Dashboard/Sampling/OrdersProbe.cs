using BusIngest.Api.Orders;
using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Dashboard.Sampling;

/// <summary>The orders: those of the last run that are settled, and those that are not.</summary>
internal sealed class OrdersProbe(TimeProvider time) : IWorkloadProbe
{
    public string Name => "Orders";

    public string Unit => "orders";

    public string Path => "/dashboard/orders";

    public string EndpointPrefix => "orders";

    public async Task<WorkloadFigures> ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var run = await services.GetRequiredService<OrdersReader>().SnapshotAsync(cancellationToken);
        var settled = run.Figures.Vip.Settled + run.Figures.Normal.Settled;
        var failed = run.Figures.Vip.Failed + run.Figures.Normal.Failed;
        if (!OrderPhases.IsActive(run.Facts.Phase))
            return new WorkloadFigures(settled, 0, null, failed, $"last run: {run.Facts.Phase}");

        var jobs = await services.GetRequiredService<QueueQueries>().StateAsync(cancellationToken);
        var waiting = jobs.States.FirstOrDefault(state => state.State is OrderJobStates.Waiting);
        return new WorkloadFigures(
            settled,
            run.Facts.Quantity - settled,
            waiting is null ? null : (long)(time.GetUtcNow() - waiting.Oldest).TotalMilliseconds,
            failed,
            run.IsStanding ? $"{run.Facts.Phase}, and the queue is paused" : run.Facts.Phase);
    }
}
