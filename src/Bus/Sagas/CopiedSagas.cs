namespace BusIngest.Bus.Sagas;

/// <summary>A kind of saga of which copies may be kept; registered as a singleton.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Collection">Where the copies are.</param>
public sealed record CopiedSagas(string Kind, string Collection);
