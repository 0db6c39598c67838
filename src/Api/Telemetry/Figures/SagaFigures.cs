using BusIngest.Api.Sagas;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>How many sagas are in which state.</summary>
internal sealed class SagaFigures(IServiceScopeFactory scopes) : IFigureSource
{
    public string Name => "sagas";

    public async Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var counts = await scope.ServiceProvider.GetRequiredService<SagaQueries>().CountAsync(cancellationToken);
        foreach (var kind in counts.Kinds)
        {
            foreach (var (state, count) in kind.States)
                sheet.Add(FigureNames.Sagas, count, ("kind", kind.Kind), ("state", state));
        }
    }
}
