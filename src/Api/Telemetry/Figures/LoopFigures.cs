using BusIngest.Bus.Supervision;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>The background loops of this process.</summary>
internal sealed class LoopFigures(Supervisor supervisor, TimeProvider time) : IFigureSource
{
    public string Name => "loops";

    public Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        // Several may share a name: the worst of them tells.
        foreach (var loops in supervisor.Loops.GroupBy(loop => loop.Name, StringComparer.Ordinal))
        {
            if (loops.Min(loop => loop.LastSuccess) is { } success)
                sheet.Add(FigureNames.LoopSuccessAge, (time.GetUtcNow() - success).TotalSeconds, ("loop", loops.Key));
            sheet.Add(FigureNames.LoopOwing, loops.Max(loop => loop.Owing).TotalSeconds, ("loop", loops.Key));
        }

        return Task.CompletedTask;
    }
}
