using BusIngest.Contracts;

namespace BusIngest.Readings;

/// <summary>Readings were taken, and are to be stored.</summary>
/// <param name="Count">How many.</param>
/// <param name="Records">The readings, as <see cref="ReadingsJson"/> writes them.</param>
public sealed record ReadingsTaken(int Count, byte[] Records) : IChunk<Reading>;
