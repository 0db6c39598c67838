namespace BusIngest.Contracts.Sync;

/// <summary>A stretch ended well, and there are more pages.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Stretch">The stretch.</param>
/// <param name="Pages">Pages that it stored.</param>
/// <param name="Events">Events of them that were not known.</param>
public sealed record PageStored(Guid RunId, long Stretch, int Pages, long Events);
