using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Events.Storing;

/// <summary>
/// Which ids are stored. Those of the last rows are in memory, the others in `event_ids`: ids come in no order, so that each would
/// dirty a page of that table; a quarter of a million, sorted, dirty a page for every dozen. What is in memory is only a hint, as a
/// transaction may be undone; so is a hash: the row itself decides. Used by SQLite's writer alone.
/// </summary>
internal sealed class RecentIds
{
    /// <summary>So many are in memory before they are moved to the table.</summary>
    public const int Many = 1 << 18;

    /// <summary>So many are moved in one transaction, for others wait for it.</summary>
    private const int Step = 1 << 14;

    private Dictionary<long, long> _rows = [];
    private KeyValuePair<long, long>[] _moving = [];
    private int _moved;
    private long _lastRow;

    /// <summary>Whether it is time to move some; anybody may ask.</summary>
    public bool AreMany => Volatile.Read(ref _rows).Count >= Many;

    /// <summary>Reads what a kill has left, or an undone transaction.</summary>
    public void Load(SqliteSession session)
    {
        _rows = [];
        _moving = [];
        _lastRow = session.IdsUpto();
        var rows = session.Statement("SELECT seq, event_id FROM events WHERE seq > ?1").Bind(1, _lastRow);
        var found = new List<(long Seq, long Hash)>();
        while (rows.Read())
            found.Add((rows.Number(0), StorableEvents.Short(StorableEvents.Hash(rows.Blob(1)))));
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
    public bool Add(SqliteSession session, long hash, ReadOnlySpan<byte> eventId, long seq)
    {
        for (var place = hash; ; place++)
        {
            if (!_rows.TryGetValue(place, out var row))
                row = session.FindHash(place);
            switch (row == 0 ? null : session.HasId(row, eventId))
            {
                case true:
                    return false;
                case null:
                    // Free, or of a row that is gone.
                    _rows[place] = _lastRow = seq;
                    return true;
            }
        }
    }

    /// <summary>Moves some to the table.</summary>
    /// <returns>Whether there are more.</returns>
    public bool MoveSome(SqliteSession session)
    {
        if (_moving.Length == 0)
            Begin();
        var end = Math.Min(_moved + Step, _moving.Length);
        for (; _moved < end; _moved++)
            session.KeepHash(_moving[_moved].Key, _moving[_moved].Value);
        if (_moved < _moving.Length)
            return true;

        End(session);
        return false;
    }

    /// <summary>In the order of the table.</summary>
    private void Begin()
    {
        _moving = [.. _rows];
        Array.Sort(_moving, static (x, y) => x.Key.CompareTo(y.Key));
        _moved = 0;
    }

    private void End(SqliteSession session)
    {
        var upto = 0L;
        foreach (var (_, row) in _moving)
            upto = Math.Max(upto, row);
        if (upto > 0)
            session.SetIdsUpto(upto);
        foreach (var (hash, row) in _moving)
        {
            if (_rows.TryGetValue(hash, out var now) && now == row)
                _rows.Remove(hash);
        }

        _moving = [];
    }
}
