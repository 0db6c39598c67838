namespace BusIngest.Contracts.Sync;

/// <summary>A stretch stored the last page.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Stretch">The stretch.</param>
/// <param name="Pages">Pages that it stored.</param>
/// <param name="Events">Events of them that were not known.</param>
/// <param name="Note">What is odd about the whole, such as another total than was announced; null when nothing is.</param>
public sealed record SyncCompleted(Guid RunId, long Stretch, int Pages, long Events, string? Note);
