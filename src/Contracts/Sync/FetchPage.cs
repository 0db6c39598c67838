namespace BusIngest.Contracts.Sync;

/// <summary>Fetches and stores a stretch of pages, from where the run's checkpoint is: a few seconds of them.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Source">What to pull.</param>
/// <param name="Epoch">Which run of its source it is.</param>
/// <param name="Stretch">Which stretch of the run, from 1: a later one shuts out an earlier one that is still at work.</param>
/// <param name="FromFirstPage">Whether to begin at the first page again, as the cursor is of no use any more.</param>
/// <param name="ForgetPace">Whether to ask without regard to what was learned of the source's pace.</param>
public sealed record FetchPage(Guid RunId, RunSource Source, long Epoch, long Stretch, bool FromFirstPage, bool ForgetPace = false);
