namespace BusIngest.Contracts.Cars;

/// <summary>Cars were generated or listed, and are to be stored.</summary>
/// <param name="Count">How many.</param>
/// <param name="Records">The cars, as <see cref="CarsJson"/> writes them.</param>
public sealed record CarGenerated(int Count, byte[] Records) : IChunk<Car>;
