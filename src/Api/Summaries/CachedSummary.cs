using BusIngest.Workers.Events;

namespace BusIngest.Api.Summaries;

/// <summary>One summary: as it was read, as it is being read, and as it will be read after that. Its cache locks.</summary>
internal sealed class CachedSummary
{
    /// <summary>The last one that was read; null: none may be given again.</summary>
    public AccountSummary? Value { get; set; }

    /// <summary>The account's version when that was begun to be read.</summary>
    public long ValueVersion { get; set; }

    /// <summary>When that was.</summary>
    public long ReadAt { get; set; }

    /// <summary>The one that is being read.</summary>
    public Task<AccountSummary>? Running { get; set; }

    /// <summary>The account's version when that was begun.</summary>
    public long RunningVersion { get; set; }

    /// <summary>Whether it is read from the database, whatever others have read.</summary>
    public bool IsRunningFresh { get; set; }

    /// <summary>The one that will be read when that is done, for all who came too late for it.</summary>
    public Task<AccountSummary>? Next { get; set; }
}
