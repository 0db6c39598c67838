using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>
/// Remembers the present pass of each run: which cursor led to which page, so that one that leads back is found out, and what its pages held, so that a source that
/// gives nothing new for ever is. It is a help against going in circles, and no more: a restart forgets it.
/// </summary>
internal sealed class PassTrails
{
    private const int MostRuns = 64;

    /// <summary>Some 40 MB; a longer pass is forgotten from its beginning.</summary>
    private const int MostPages = 500_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Trail> _runs = [];

    /// <summary>Notes where a cursor leads.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="page">The number of the page that it leads to, from 1 after the first one.</param>
    /// <returns>False when it led to an earlier page of this pass.</returns>
    public bool TryNoteCursor(Guid runId, string cursor, int page)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(cursor), hash);
        lock (_gate)
            return TryNote(Of(runId).Cursors, BinaryPrimitives.ReadUInt128LittleEndian(hash), page);
    }

    /// <summary>Notes what a page held.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="content">What it is known by; 0: nothing.</param>
    /// <param name="page">Its number in the pass, from 0: with the first one another pass begins.</param>
    /// <returns>How many pages in a row held nothing, or what an earlier one did, this one among them.</returns>
    public int NotePage(Guid runId, UInt128 content, int page)
    {
        lock (_gate)
        {
            if (page == 0)
                _runs.Remove(runId);
            var trail = Of(runId);
            var isNew = TryNote(trail.Contents, content, page) && content != UInt128.Zero;
            return trail.Fruitless = isNew ? 0 : trail.Fruitless + 1;
        }
    }

    /// <summary>How many pages in a row, up to now, held nothing new.</summary>
    public int FruitlessOf(Guid runId)
    {
        lock (_gate)
            return _runs.TryGetValue(runId, out var trail) ? trail.Fruitless : 0;
    }

    /// <summary>Forgets a run.</summary>
    public void Forget(Guid runId)
    {
        lock (_gate)
            _runs.Remove(runId);
    }

    private Trail Of(Guid runId)
    {
        if (_runs.TryGetValue(runId, out var trail))
            return trail;
        if (_runs.Count >= MostRuns)
            _runs.Clear();
        return _runs[runId] = new Trail();
    }

    private static bool TryNote(Dictionary<UInt128, int> seen, UInt128 hash, int page)
    {
        if (seen.TryGetValue(hash, out var known) && known < page)
            return false;
        if (seen.Count >= MostPages)
            seen.Clear();
        seen[hash] = page;
        return true;
    }

    private sealed class Trail
    {
        public Dictionary<UInt128, int> Cursors { get; } = [];

        public Dictionary<UInt128, int> Contents { get; } = [];

        public int Fruitless { get; set; }
    }
}
