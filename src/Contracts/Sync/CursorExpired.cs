namespace BusIngest.Contracts.Sync;

/// <summary>A stretch ended because the other side does not know the cursor any more.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Stretch">The stretch.</param>
/// <param name="Pages">Pages that it stored.</param>
/// <param name="Events">Events of them that were not known.</param>
public sealed record CursorExpired(Guid RunId, long Stretch, int Pages, long Events);
