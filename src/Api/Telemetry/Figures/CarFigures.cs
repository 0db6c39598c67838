using BusIngest.Api.Cars;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>The cars' ledger.</summary>
internal sealed class CarFigures(ICarStats stats) : IFigureSource
{
    public string Name => "cars";

    public async Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        var cars = await stats.ReadAsync(cancellationToken);
        foreach (var (entry, count) in new[]
            {
                ("generated", cars.Generated), ("stored", cars.Stored), ("parked", cars.Parked), ("inFlight", cars.InFlight),
                ("lost", cars.Lost), ("duplicates", cars.Duplicates), ("redelivered", cars.Redelivered),
            })
        {
            sheet.Add(FigureNames.CarLedger, count, ("entry", entry));
        }
    }
}
