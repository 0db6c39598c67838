using System.Text;

namespace BusIngest.Workers.Events.Storing;

/// <summary>Tells of events that were stored in this process: caches of summaries, and whoever folds.</summary>
internal sealed class StoredSignal(IEnumerable<ISummaryInvalidation> invalidations)
{
    private readonly ISummaryInvalidation[] _invalidations = [.. invalidations];
    private long _events;

    /// <summary>How many events chunks had that are over, since the process started.</summary>
    public long Events => Volatile.Read(ref _events);

    /// <summary>A chunk's transaction begins.</summary>
    /// <returns>What to call when it is over.</returns>
    public Action Storing(StorableEvents chunk)
    {
        var accounts = _invalidations.Length == 0 ? [] : Accounts(chunk);
        foreach (var invalidation in _invalidations)
            invalidation.Storing(accounts);
        return Stored;

        void Stored()
        {
            Interlocked.Add(ref _events, chunk.Events.Count);
            foreach (var invalidation in _invalidations)
                invalidation.Stored(accounts);
        }
    }

    private static List<string> Accounts(StorableEvents chunk)
    {

        var seen = new HashSet<byte[]>(Utf8Comparer.Instance);
        var accounts = new List<string>();
        var spans = seen.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var read in chunk.Events)
        {
            if (spans.Add(read.AccountId.Span))
                accounts.Add(Encoding.UTF8.GetString(read.AccountId.Span));
        }

        return accounts;
    }
}
