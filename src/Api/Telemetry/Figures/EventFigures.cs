using BusIngest.Api.Dashboard.Reading.Events;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>The events' ledger.</summary>
internal sealed class EventFigures(IEventCounts counts) : IFigureSource
{
    public string Name => "events";

    public async Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        var events = await counts.ReadAsync(cancellationToken);
        foreach (var (entry, count) in new[]
            {
                ("accepted", events.Accepted), ("stored", events.Stored), ("known", events.Known), ("failed", events.Failed), ("backlog", events.Backlog),
            })
        {
            sheet.Add(FigureNames.EventLedger, count, ("entry", entry));
        }
    }
}
