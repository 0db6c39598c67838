namespace BusIngest.Api.Summaries;

/// <summary>An account's summaries, and how often it has changed since they are kept. Its cache locks.</summary>
/// <param name="id">The account.</param>
internal sealed class CachedAccount(string id)
{
    private const int MostWindows = 16;

    private readonly Dictionary<string, CachedSummary> _windows = new(StringComparer.Ordinal);

    /// <summary>The account.</summary>
    public string Id => id;

    /// <summary>Counts its changes. What was begun to be read at another count may be out of date.</summary>
    public long Version { get; set; }

    /// <summary>When this process last stored some of its events, as a timestamp; 0: not since they are kept.</summary>
    public long StoredAt { get; set; }

    /// <summary>The summary of a window; an empty one at first.</summary>
    public CachedSummary Of(string window)
    {
        if (_windows.TryGetValue(window, out var summary))
            return summary;

        // Who asks for ever other windows asks for none twice.
        if (_windows.Count == MostWindows)
            _windows.Clear();
        return _windows[window] = new CachedSummary();
    }
}
