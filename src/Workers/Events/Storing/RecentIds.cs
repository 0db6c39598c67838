using System.Runtime.InteropServices;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Storing;

/// <summary>
/// Which ids are stored. Those of the last rows are in memory, the others in `event_ids`: ids come in no order, so that each would
/// dirty a page of that table; a quarter of a million, sorted, dirty a page for every dozen. What is in memory is only a hint, as a
/// transaction may be undone; so is a hash: the row itself decides. A filter saves most looks at the table. Used by SQLite's writer alone.
/// </summary>
internal sealed class RecentIds
{
    /// <summary>So many are in memory before they are moved to the table.</summary>
    public const int Many = 1 << 18;

    /// <summary>So many are moved in one transaction, for others wait for it.</summary>
    private const int Step = 1 << 14;

    /// <summary>A filter has room for so many times the ids that there are.</summary>
    private const int FilterGrowth = 2;

    private Dictionary<long, long> _rows = [];
    private Dictionary<long, long> _moving = [];
    private long[] _movingHashes = [];
    private long[] _movingRows = [];
    private int _moved;
    private long _movingUpto;
    private long _lastRow;
    private long _formerUpto;
    private bool _isLoaded;
    private IdFilter? _filter;
    private IdFilter? _nextFilter;

    /// <summary>Whether it is time to move some; anybody may ask.</summary>
    public bool AreMany => Volatile.Read(ref _rows).Count >= Many || Volatile.Read(ref _moving).Count > 0;

    /// <summary>Whether a filter is to be built, or a larger one; anybody may ask.</summary>
    public bool WantsFilter => Volatile.Read(ref _isLoaded) && Volatile.Read(ref _filter) is not { IsFull: false };

    /// <summary>Reads what a kill has left, or an undone transaction.</summary>
    public void Load(SqliteSession session)
    {
        _rows = [];
        _moving = [];
        // The file may be another one.
        (_filter, _nextFilter, _isLoaded) = (null, null, true);
        _lastRow = session.IdsUpto();
        _formerUpto = session.FormerIdsUpto();
        var rows = session.Statement("SELECT seq, account_id, event_id FROM events WHERE seq > ?1").Bind(1, _lastRow);
        var found = new List<(long Seq, long Hash)>();
        while (rows.Read())
            found.Add((rows.Number(0), StorableEvents.Short(StorableEvents.Hash(rows.Blob(1), rows.Blob(2)))));
        foreach (var (seq, hash) in found)
        {
            // Another event had the hash when this one was stored.
            var place = hash;
            while (_rows.ContainsKey(place))
                place++;
            _rows[place] = seq;
            _lastRow = seq;
        }
    }

    /// <summary>Looks for an event, and notes it under the row that it is about to have.</summary>
    /// <returns>False when it is stored already.</returns>
    public bool Add(SqliteSession session, long hash, in ReadEvent read, long seq)
    {
        if (_formerUpto > 0 && IsFormer(session, read))
            return false;

        for (var place = hash; ; place++)
        {
            ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, place, out _);
            if (row == 0 && _filter?.MayHave(place) != false)
                row = FindOlder(session, place);
            switch (row == 0 ? null : session.HasId(row, read))
            {
                case true:
                    return false;
                case null:
                    // Free, or of a row that is gone.
                    row = _lastRow = seq;
                    _filter?.Add(place);
                    _nextFilter?.Add(place);
                    return true;
            }
        }
    }

    /// <summary>Moves some to the table.</summary>
    /// <returns>Whether there are more.</returns>
    public bool MoveSome(SqliteSession session)
    {
        if (_moving.Count == 0)
            Begin();
        var end = Math.Min(_moved + Step, _moving.Count);
        for (; _moved < end; _moved++)
            session.KeepHash(_movingHashes[_moved], _movingRows[_moved]);
        if (_moved < _moving.Count)
            return true;

        session.SetIdsUpto(_movingUpto);
        _moving.Clear();
        return false;
    }

    /// <summary>Begins a filter: it has what is in memory, and gets what comes. What is in the table is for the caller to add.</summary>
    public IdFilter BeginFilter()
    {
        _nextFilter = new IdFilter(_lastRow * FilterGrowth);
        foreach (var place in _rows.Keys.Concat(_moving.Keys))
            _nextFilter.Add(place);
        return _nextFilter;
    }

    /// <summary>Uses a filter that has all.</summary>
    /// <returns>False when there is no use for it: what is stored was read anew after it was begun.</returns>
    public bool UseFilter(IdFilter filter)
    {
        if (!ReferenceEquals(filter, _nextFilter))
            return false;

        (_filter, _nextFilter) = (filter, null);
        return true;
    }

    /// <summary>Whether an event was stored by an earlier version, which kept it by its id alone. All of those are in the table.</summary>
    private bool IsFormer(SqliteSession session, in ReadEvent read)
    {
        for (var place = StorableEvents.FormerHash(read.EventId.Span); _filter?.MayHave(place) != false; place++)
        {
            var row = session.FindHash(place);
            if (row == 0)
                return false;
            if (row <= _formerUpto && session.HasId(row, read) == true)
                return true;
        }

        return false;
    }

    private long FindOlder(SqliteSession session, long place) =>
        _moving.TryGetValue(place, out var row) ? row : session.FindHash(place);

    /// <summary>In the order of the table. What comes from now on goes into the other dictionary.</summary>
    private void Begin()
    {
        (_rows, _moving) = (_moving, _rows);
        if (_movingHashes.Length < _moving.Count)
            (_movingHashes, _movingRows) = (new long[_moving.Count], new long[_moving.Count]);
        _moving.Keys.CopyTo(_movingHashes, 0);
        _moving.Values.CopyTo(_movingRows, 0);
        Array.Sort(_movingHashes, _movingRows, 0, _moving.Count);
        (_moved, _movingUpto) = (0, _lastRow);
    }
}
