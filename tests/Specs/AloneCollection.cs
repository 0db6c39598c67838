namespace BusIngest.Specs;

/// <summary>Specs that go by real time, and run when no others do.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
#pragma warning disable CA1711 // It is what xunit calls a collection.
public sealed class AloneCollection;
#pragma warning restore CA1711
