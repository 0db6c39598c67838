namespace BusIngest.Contracts.Sync;

/// <summary>A stretch ended because the next request must wait, to keep to the pace that the other side permits.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Stretch">The stretch.</param>
/// <param name="Pages">Pages that it stored.</param>
/// <param name="Events">Events of them that were not known.</param>
/// <param name="Until">When to go on, UTC.</param>
public sealed record SyncThrottled(Guid RunId, long Stretch, int Pages, long Events, DateTimeOffset Until);
