using BusIngest.Contracts.Cars;

namespace BusIngest.Specs.Cars;

/// <summary>Cars for specs.</summary>
internal static class SomeCars
{
    /// <summary>So many cars of a make.</summary>
    public static Car[] Of(string make, int count = 1) =>
        [.. Enumerable.Range(0, count).Select(i => new Car(Guid.NewGuid(), make, $"model {i}", 1990 + i, 1_000.5 + i, "Göteborg", FakeClock.Start))];
}
