using BusIngest.Api.Cars;
using BusIngest.Bus.Outbox;

namespace BusIngest.Api.Dashboard.Sampling;

/// <summary>The cars: what is stored, and what is accepted and not stored yet.</summary>
internal sealed class CarsProbe : IWorkloadProbe
{
    public string Name => "Cars";

    public string Unit => "cars";

    public string Path => "/dashboard/outbox";

    public string EndpointPrefix => "cars";

    public async Task<WorkloadFigures> ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var cars = await services.GetRequiredService<ICarStats>().ReadAsync(cancellationToken);
        var outbox = services.GetRequiredService<IOutboxMonitor>().Read();
        return new WorkloadFigures(
            cars.Stored,
            cars.Parked + cars.InFlight,
            cars.Parked > 0 ? outbox.OldestParkedMs : null,
            cars.Lost + cars.Duplicates,
            $"{Show.Count(cars.Generated)} generated = {Show.Count(cars.Stored)} stored + {Show.Count(cars.Parked)} parked "
            + $"+ {Show.Count(cars.InFlight)} in flight + {Show.Count(cars.Lost)} lost");
    }
}
