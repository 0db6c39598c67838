using BusIngest.Bus.Outbox;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>The outbox of this process.</summary>
internal sealed class OutboxFigures(IOutboxMonitor monitor) : IFigureSource
{
    private const int Milliseconds = 1_000;

    public string Name => "outbox";

    public Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        var outbox = monitor.Read();
        var lane = ("lane", outbox.Lane);
        sheet.Add(FigureNames.OutboxCircuit, outbox.Circuit switch { "CLOSED" => 0, "HALF_OPEN" => 1, _ => 2 }, lane);
        sheet.Add(FigureNames.OutboxMode, 1, lane, ("mode", outbox.Mode));
        sheet.Add(FigureNames.OutboxFailures, outbox.FailureCount, lane);
        sheet.Add(FigureNames.OutboxParked, outbox.Parked, lane);
        sheet.Add(FigureNames.OutboxParkedAge, (double)(outbox.OldestParkedMs ?? 0) / Milliseconds, lane);
        sheet.Add(FigureNames.OutboxSession, outbox.Session is null ? 0 : 1, lane);
        return Task.CompletedTask;
    }
}
