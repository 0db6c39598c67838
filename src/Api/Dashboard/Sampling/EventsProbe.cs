using BusIngest.Api.Dashboard.Reading.Events;
using BusIngest.Bus.Delivery.Tracking;
using BusIngest.Contracts.Events;

namespace BusIngest.Api.Dashboard.Sampling;

/// <summary>The events: what is stored, and what is accepted and not stored yet.</summary>
internal sealed class EventsProbe(TimeProvider time) : IWorkloadProbe
{
    public string Name => "Events";

    public string Unit => "events";

    public string Path => "/dashboard/events";

    public string EndpointPrefix => "events";

    public async Task<WorkloadFigures> ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var counts = await services.GetRequiredService<IEventCounts>().ReadAsync(cancellationToken);
        var oldest = services.GetRequiredService<IMessageTracking>().OldestWaiting(nameof(EventRecorded));
        return new WorkloadFigures(
            counts.Stored,
            counts.Backlog,
            counts.Backlog > 0 && oldest is { } since ? Math.Max(0, (long)(time.GetUtcNow() - since).TotalMilliseconds) : null,
            Errors: 0,
            $"{Show.Count(counts.Accepted)} accepted = {Show.Count(counts.Stored)} stored + {Show.Count(counts.Known)} known before "
            + $"+ {Show.Count(counts.Failed)} failed + {Show.Count(counts.Backlog)} in backlog");
    }
}
