using System.Text.Json;
using System.Text.Json.Serialization;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Pacing;
using BusIngest.Workers.Sync.Storing;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>Counts what a run does. Not thread-safe.</summary>
internal sealed class RunTally
{
    private readonly SyncRun _run;
    private readonly Dictionary<string, long> _faults;
    private long _storeMs;

    /// <summary>Goes on counting.</summary>
    /// <param name="run">What was counted before; it is changed.</param>
    public RunTally(SyncRun run)
    {
        _run = run;
        _storeMs = run.StoreMs;
        _faults = JsonSerializer.Deserialize(run.Faults, FaultsJson.Default.DictionaryStringInt64) ?? [];
    }

    /// <summary>How many events there are said to be in all.</summary>
    public long? Total => _run.Total;

    /// <summary>Counts a request.</summary>
    public void NoteRequest(PageAnswer answer, bool isRetry)
    {
        _run.Requests++;
        _run.FetchMs += (long)answer.Duration.TotalMilliseconds;
        if (isRetry)
            _run.Retries++;
    }

    /// <summary>Counts a page that will be stored.</summary>
    public void NotePage(FetchedPage page, long passEvents)
    {
        _run.Pages++;
        _run.EventsFetched += page.Count;
        // Fewer than were seen can't be: whoever says so is wrong this once.
        if (page.Total >= passEvents)
            _run.Total = page.Total;
    }

    /// <summary>Counts the time that pages took to be stored. It alone may be called while others are fetched.</summary>
    public void NoteStored(TimeSpan duration) => Interlocked.Add(ref _storeMs, (long)duration.TotalMilliseconds);

    /// <summary>Counts a fault.</summary>
    public void NoteFault(PageFault fault, DateTimeOffset now)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(fault.Kind.ToString());
        _faults[name] = _faults.GetValueOrDefault(name) + 1;
        _run.Faults = JsonSerializer.Serialize(_faults, FaultsJson.Default.DictionaryStringInt64);
        if (fault.Kind == FaultKind.Throttled)
            _run.Throttles++;
        if (fault.Kind == FaultKind.CursorExpired)
            _run.CursorExpiries++;
        _run.LastError = fault.Error;
        _run.LastErrorAt = now;
    }

    /// <summary>What was counted so far.</summary>
    public SyncRun At(DateTimeOffset now, PaceState pace)
    {
        _run.UpdatedAt = now;
        _run.StoreMs = Interlocked.Read(ref _storeMs);
        _run.RateLimit = pace.Limit;
        _run.RateRemaining = pace.Limit is null ? null : pace.Remaining;
        _run.RateResetAt = pace.WindowEndsAt;
        _run.RateWindowMs = pace.WindowMs;
        return _run.Copy();
    }
}

/// <summary>How faults are kept.</summary>
[JsonSerializable(typeof(Dictionary<string, long>))]
internal sealed partial class FaultsJson : JsonSerializerContext;
