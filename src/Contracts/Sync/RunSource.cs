namespace BusIngest.Contracts.Sync;

/// <summary>What a run pulls from.</summary>
/// <param name="Id">The source's id, made of its name.</param>
/// <param name="Name">Its name; for one given by its address, host and port.</param>
/// <param name="Definition">How it is asked; null: as the settings of the process say that asks it.</param>
/// <param name="SealedKey">Its key, sealed; null: none, or that of the settings.</param>
/// <param name="PageSize">How many events a page; null: as the definition says.</param>
public sealed record RunSource(Guid Id, string Name, SourceDefinition? Definition, string? SealedKey, int? PageSize);
