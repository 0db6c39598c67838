namespace BusIngest.Contracts.Sync;

/// <summary>A stretch ended because a page could not be fetched, in spite of a few tries.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Stretch">The stretch.</param>
/// <param name="Pages">Pages that it stored before.</param>
/// <param name="Events">Events of them that were not known.</param>
/// <param name="Error">What was wrong.</param>
/// <param name="IsFinal">Whether there is no use in another try.</param>
/// <param name="FromFirstPage">Whether the next try has to begin at the first page.</param>
/// <param name="RetryAfterMs">How long the other side asks us to wait, in milliseconds; null when it does not say.</param>
public sealed record PageFailed(
    Guid RunId, long Stretch, int Pages, long Events, string Error, bool IsFinal, bool FromFirstPage, long? RetryAfterMs);
