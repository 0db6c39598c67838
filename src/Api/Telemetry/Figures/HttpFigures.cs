using BusIngest.Api.Hosting;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>What clients hold of this process.</summary>
internal sealed class HttpFigures(BodyBudget bodies, ConnectionGate connections) : IFigureSource
{
    public string Name => "http";

    public Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        sheet.Add(FigureNames.HttpBodies, bodies.Taken);
        sheet.Add(FigureNames.HttpConnections, connections.Open, ("place", "any"));
        sheet.Add(FigureNames.HttpConnections, connections.OpenReserved, ("place", "health"));
        return Task.CompletedTask;
    }
}
