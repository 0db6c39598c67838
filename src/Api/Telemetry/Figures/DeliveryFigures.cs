using BusIngest.Bus.Delivery;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>Messages that were given up, and those that should have been sent by now.</summary>
internal sealed class DeliveryFigures(IServiceProvider services, TimeProvider time) : IFigureSource
{
    public string Name => "delivery";

    public async Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        await using var delivery = services.GetRequiredService<DeliveryContext>();
        var failed = await delivery.ReadAsync(() => delivery.FailedMessages
            .GroupBy(x => x.MessageType)
            .Select(group => new { Type = group.Key, Count = group.LongCount() })
            .ToListAsync(cancellationToken));
        foreach (var row in failed)
            sheet.Add(FigureNames.FailedMessages, row.Count, ("workload", WorkloadNames.OfMessage(row.Type)), ("message", row.Type));

        await using var schedule = services.GetRequiredService<SchedulingContext>();
        var first = await schedule.ReadAsync(() => schedule.Messages.OrderBy(x => x.DueAt).Select(x => (DateTimeOffset?)x.DueAt).FirstOrDefaultAsync(cancellationToken));
        sheet.Add(FigureNames.ScheduleOverdue, first is { } due ? Math.Max(0, (time.GetUtcNow() - due).TotalSeconds) : 0);
    }
}
