using System.Text;

namespace BusIngest.Workers.Events.Storing;

/// <summary>Tells of events that were stored in this process: caches of summaries, and whoever folds.</summary>
internal sealed class StoredSignal(IEnumerable<ISummaryInvalidation> invalidations)
{
    private readonly ISummaryInvalidation[] _invalidations = [.. invalidations];
    private long _events;

    /// <summary>How many events chunks had that are over, since the process started.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>A chunk's transaction is over.</summary>
    public void Stored(StorableEvents chunk)
    {
        Interlocked.Add(ref _events, chunk.Events.Count);
        if (_invalidations.Length == 0)
            return;

        var seen = new HashSet<byte[]>(Utf8Comparer.Instance);
        var accounts = new List<string>();
        var spans = seen.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var read in chunk.Events)
        {
            if (spans.Add(read.AccountId.Span))
                accounts.Add(Encoding.UTF8.GetString(read.AccountId.Span));
        }

        foreach (var invalidation in _invalidations)
            invalidation.Stored(accounts);
    }
}
