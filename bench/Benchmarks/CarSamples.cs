using BusIngest.Bench.Twins;
using BusIngest.Contracts.Cars;

namespace BusIngest.Bench.Benchmarks;

/// <summary>Cars to measure with, of the size that the generator's have.</summary>
internal static class CarSamples
{
    private static readonly string[] Makes = ["audi", "chevrolet", "ford", "hyundai", "mercedes-benz", "toyota", "volkswagen", "volvo"];
    private static readonly string[] Models = ["a3", "320d", "cruze", "mustang", "tucson", "gla 200", "corolla", "passat", "xc40"];
    private static readonly string[] Locations = ["berlin", "copenhagen", "lisbon", "munich", "rio de janeiro", "sao paulo", "zurich"];

    /// <summary>Draws one.</summary>
    public static Car Draw() => Draw(TimeProvider.System.GetUtcNow());

    /// <summary>Draws many, of one moment.</summary>
    public static Car[] Draw(int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        var cars = new Car[count];
        for (var i = 0; i < count; i++)
            cars[i] = Draw(now);
        return cars;
    }

    /// <summary>Draws many as a client posts them that leaves ids and times to the service.</summary>
    public static RawCar[] DrawWithoutIds(int count) =>
        [.. Draw(count).Select(car => new RawCar(null, car.NormalizedMake, car.NormalizedModel, car.Year, car.Price, car.Location, null))];

    private static Car Draw(DateTimeOffset now)
    {
        var random = Random.Shared;
        return new Car(
            Guid.CreateVersion7(now),
            Makes[random.Next(Makes.Length)],
            Models[random.Next(Models.Length)],
            random.Next(2000, 2025),
            random.Next(300_000, 8_000_001) / 100.0,
            Locations[random.Next(Locations.Length)],
            now);
    }
}
