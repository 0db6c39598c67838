namespace BusIngest.Workers.Sync.Fetching;

/// <summary>
/// Remembers which cursor led to which page of the present pass, so that one that leads back is found out. It is a help against going in
/// circles, and no more: a restart forgets it.
/// </summary>
internal sealed class CursorTrails
{
    private const int MostRuns = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Dictionary<int, int>> _runs = [];

    /// <summary>Notes where a cursor leads.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="page">The number of the page that it leads to, from 1 after the first one.</param>
    /// <returns>False when it led to an earlier page of this pass.</returns>
    public bool TryNote(Guid runId, string cursor, int page)
    {
        var hash = string.GetHashCode(cursor, StringComparison.Ordinal);
        lock (_gate)
        {
            if (!_runs.TryGetValue(runId, out var pages))
            {
                if (_runs.Count >= MostRuns)
                    _runs.Clear();
                _runs[runId] = pages = [];
            }

            if (page == 1)
                pages.Clear();
            if (pages.TryGetValue(hash, out var known) && known < page)
                return false;
            pages[hash] = page;
            return true;
        }
    }

    /// <summary>Forgets a run.</summary>
    public void Forget(Guid runId)
    {
        lock (_gate)
            _runs.Remove(runId);
    }
}
