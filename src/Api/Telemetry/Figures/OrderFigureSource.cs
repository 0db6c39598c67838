using BusIngest.Api.Orders;
using BusIngest.Contracts.Orders;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>The last run of orders.</summary>
internal sealed class OrderFigureSource(OrdersReader reader, TimeProvider time) : IFigureSource
{
    private const double Milliseconds = 1_000;

    private static readonly string[] Phases =
    [
        OrderPhases.Idle, OrderPhases.Generating, OrderPhases.EnqueueVip, OrderPhases.WaitingVipDrain, OrderPhases.EnqueueNormal,
        OrderPhases.WaitingNormalDrain, OrderPhases.Done, OrderPhases.Aborted, OrderPhases.Error,
    ];

    public string Name => "orders";

    public async Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        var run = await reader.SnapshotAsync(cancellationToken);
        var status = run.Show(time.GetUtcNow());
        foreach (var phase in Phases)
            sheet.Add(FigureNames.OrderPhase, string.Equals(phase, run.Facts.Phase, StringComparison.Ordinal) ? 1 : 0, ("phase", phase));
        sheet.Add(FigureNames.OrderTarget, status.Progress.Target);
        sheet.Add(FigureNames.OrderGenerated, status.Progress.Generated);
        Add(sheet, "VIP", run.Figures.Vip);
        Add(sheet, "NORMAL", run.Figures.Normal);
        sheet.Add(FigureNames.OrderEta, status.Eta.EstimatedMs / Milliseconds);
        sheet.Add(FigureNames.OrderBarrier, status.Barrier.Held ? 1 : 0);
        sheet.Add(FigureNames.OrdersStanding, run.IsStanding ? 1 : 0);
    }

    private static void Add(FigureSheet sheet, string priority, BatchFigures batches)
    {
        sheet.Add(FigureNames.Orders, batches.Processed, ("priority", priority), ("outcome", "processed"));
        sheet.Add(FigureNames.Orders, batches.Failed, ("priority", priority), ("outcome", "failed"));
        sheet.Add(FigureNames.OrderJobs, batches.Active, ("priority", priority), ("state", "active"));
        sheet.Add(FigureNames.OrderJobs, batches.Batches, ("priority", priority), ("state", "settled"));
    }
}
