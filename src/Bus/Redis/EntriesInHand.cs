using System.Collections.Concurrent;
using BusIngest.Bus.Progress;

namespace BusIngest.Bus.Redis;

/// <summary>The entries that a relay is handing on, and the places for more. Thread-safe.</summary>
/// <param name="places">How many at once.</param>
/// <param name="work">Told of what moves.</param>
internal sealed class EntriesInHand(int places, WorkInHand work) : IDisposable
{
    private readonly ConcurrentDictionary<string, byte> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _putBack = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _places = new(places, places);

    /// <summary>Their ids.</summary>
    public ICollection<string> Ids => _ids.Keys;

    /// <summary>Of the entries that the server counts as this relay's, those that are nowhere here: the answer that brought them was lost.</summary>
    /// <param name="pending">Their ids.</param>
    /// <param name="isAll">Whether these are all.</param>
    public List<string> FindLost(IReadOnlyCollection<string> pending, bool isAll)
    {
        if (isAll)
        {
            foreach (var id in _putBack.Keys.Except(pending, StringComparer.Ordinal))
                _putBack.TryRemove(id, out _);
        }

        return [.. pending.Where(id => !_ids.ContainsKey(id) && !_putBack.ContainsKey(id))];
    }

    /// <summary>Takes as many entries as there is room for; none when there is no room within the time.</summary>
    /// <param name="read">Brings as many as it is told, or fewer.</param>
    /// <param name="patience">How long to wait for a place.</param>
    /// <param name="handOn">Begins to hand one on.</param>
    /// <param name="stopping">Ends the wait.</param>
    public async Task TakeAsync(Func<int, Task<List<StreamEntry>>> read, TimeSpan patience, Action<StreamEntry> handOn, CancellationToken stopping)
    {
        if (!await _places.WaitAsync(patience, stopping))
            return;

        var free = 1 + TakeFreePlaces();
        try
        {
            foreach (var entry in await read(free))
            {
                // A claim may bring what is in hand already.
                if (!_ids.TryAdd(entry.Id, 0))
                    continue;
                free--;
                _putBack.TryRemove(entry.Id, out _);
                work.Take();
                handOn(entry);
            }
        }
        finally
        {
            if (free > 0)
                _places.Release(free);
        }
    }

    /// <summary>An entry is gone from the stream.</summary>
    public void LetGo(string id)
    {
        if (!_ids.TryRemove(id, out _))
            return;
        work.Move();
        _places.Release();
    }

    /// <summary>Makes room for others. As nobody touches the entry any more, it is claimed again after a while.</summary>
    public void PutBack(string id)
    {
        _putBack.TryAdd(id, 0);
        if (!_ids.TryRemove(id, out _))
            return;
        work.PutBack();
        _places.Release();
    }

    /// <summary>Returns when none is left in hand.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        for (var place = 0; place < places; place++)
            await _places.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private int TakeFreePlaces()
    {
        var taken = 0;
        while (_places.Wait(TimeSpan.Zero))
            taken++;
        return taken;
    }
}
