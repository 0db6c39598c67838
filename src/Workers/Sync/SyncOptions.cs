using BusIngest.Workers.Net;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Sources;

namespace BusIngest.Workers.Sync;

/// <summary>What can be pulled, and how.</summary>
public sealed record SyncOptions
{
    /// <summary>The name of the source that API_BASE_URL sets.</summary>
    public const string DataSync = "datasync";

    /// <summary>The sources of the settings, by name. Default none.</summary>
    public IReadOnlyDictionary<string, ConfiguredSource> Sources { get; init; } = new Dictionary<string, ConfiguredSource>(StringComparer.Ordinal);

    /// <summary>Hosts that may be pulled from although their address is private: names or addresses, each with a port or for any. Those of
    /// <see cref="Sources"/>, with their ports, may in any case. Default none.</summary>
    public IReadOnlySet<string> AllowedHosts { get; init => field = HostName.NormalizeAll(value); } = HostName.NormalizeAll([]);

    /// <summary>How many events a page a run has that does not say, 1–100,000. Default 5,000.</summary>
    public int PageSize { get; init; } = 5_000;

    /// <summary>What clients' keys are sealed with, 16–256 characters, the same in every process with the roles api or workers;
    /// null: a key that is made at first need, and kept in a file of this process. Default null.</summary>
    public string? Secret { get; init; }

    /// <summary>How long a page may take, from the request to its last byte, 1 s to 2 min. Default 60 s.</summary>
    public TimeSpan PageTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the headers of an answer may take, if the cursor lives long enough for another try, 1 s to 2 min. Default 30 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much of a page is taken in.</summary>
    public PageLimits Limits { get; init; } = new();

    /// <summary>The longest wait that a source's hint (Retry-After, a window's end) or a row of refusals leads to, 1 s to 7 days. Default 24 h.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromHours(24);

    /// <summary>So many pages in a row that bring nothing new, and say that there are more, end a run, 2–100,000. Default 50.</summary>
    public int MaxFruitlessPages { get; init; } = 50;

    /// <summary>
    /// How many events may be stored in one transaction, if as many wait, 1,000–100,000: what wait together share an fsync, and the pages
    /// of the index that their keys fall into. Default 40,000, which others wait for some 300 ms.
    /// </summary>
    public int EventsAtOnce { get; init; } = 40_000;

    /// <summary>After how long a stretch of pages ends, so that its run may be decided on, 100 ms to 30 s. Default 5 s.</summary>
    public TimeSpan StretchTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause before a request that is waited for with the run in hand; a longer one is scheduled. Default 1.5 s.</summary>
    public TimeSpan LongestWaitInHand { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The pauses before a page is asked for again within a stretch: at most 10. Default 100 ms, 300 ms, 900 ms.</summary>
    public IReadOnlyList<TimeSpan> QuickRetries { get; init; } =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(900)];

    /// <summary>All hosts that may be private.</summary>
    public IReadOnlySet<string> CallableHosts => HostName.NormalizeAll([.. AllowedHosts, .. Sources.Values.Select(source => source.Host)]);

    /// <summary>How many fetched pages may wait for their being stored: a transaction's worth, 2 to 8.</summary>
    /// <param name="pageSize">Events a page.</param>
    public int LookAheadOf(int pageSize) => Math.Clamp(EventsAtOnce / pageSize, 2, 8);
}
