using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Packing;

/// <summary>Counts by type and by user while a summary is made: a hash table over users' numbers that is used again and again. Not thread-safe.</summary>
internal sealed class Tally
{
    /// <summary>A larger one, of an account with many users, is not kept: it would be emptied after each summary of a small one.</summary>
    private const int LargestKept = 1 << 14;

    [ThreadStatic]
    private static Tally? _spare;

    private readonly long[] _types = new long[EventTypes.Count];

    private Place[] _places = new Place[1024];
    private int _used;

    /// <summary>An empty one; give it back when done.</summary>
    public static Tally Rent()
    {
        var tally = _spare ?? new Tally();
        _spare = null;
        return tally;
    }

    /// <summary>Gives it back to the thread.</summary>
    public void Return()
    {
        if (_places.Length > LargestKept)
            return;
        Array.Clear(_types);
        Array.Clear(_places);
        _used = 0;
        _spare = this;
    }

    /// <summary>Counts one event.</summary>
    public void Add(int user, int type)
    {
        _types[type]++;
        Count(user) += 1;
    }

    /// <summary>Counts many events of one type.</summary>
    public void AddType(int type, long events) => _types[type] += events;

    /// <summary>Counts many events of one user.</summary>
    public void AddUser(int user, long events) => Count(user) += events;

    /// <summary>Events by type.</summary>
    public EventTotals Totals => new(_types[0], _types[1], _types[2], _types[3], _types[4]);

    /// <summary>The busiest users, the busiest first, and whoever is as busy as the last of them.</summary>
    /// <param name="limit">How many, ties apart.</param>
    public List<(int User, long Events)> Busiest(int limit)
    {
        var least = Least(limit);
        var busiest = new List<(int User, long Events)>();
        foreach (var place in _places)
        {
            if (place.User != 0 && place.Events >= least)
                busiest.Add((place.User, place.Events));
        }

        busiest.Sort(static (x, y) => y.Events.CompareTo(x.Events));
        return busiest;
    }

    /// <summary>How busy the last of the busiest is.</summary>
    private long Least(int limit)
    {
        // The smallest of them is on top.
        var largest = new PriorityQueue<long, long>(Math.Min(limit, _used) + 1);
        foreach (var place in _places)
        {
            if (place.User == 0)
                continue;
            if (largest.Count < limit)
                largest.Enqueue(place.Events, place.Events);
            else if (place.Events > largest.Peek())
                largest.DequeueEnqueue(place.Events, place.Events);
        }

        return largest.Count < limit ? 1 : largest.Peek();
    }

    private ref long Count(int user)
    {
        ref var place = ref Find(user);
        if (place.User == user)
            return ref place.Events;

        if (++_used * 2 > _places.Length)
        {
            Grow();
            place = ref Find(user);
        }

        place.User = user;
        return ref place.Events;
    }

    /// <summary>The user's place, or the free one where the user belongs.</summary>
    private ref Place Find(int user)
    {
        var places = _places;
        var mask = places.Length - 1;
        // Fibonacci hashing: neighbouring numbers fall far apart.
        for (var i = (int)(((uint)user * 2654435769u) >> 7) & mask; ; i = (i + 1) & mask)
        {
            ref var place = ref places[i];
            if (place.User == user || place.User == 0)
                return ref place;
        }
    }

    private void Grow()
    {
        var places = _places;
        _places = new Place[places.Length * 2];
        foreach (var place in places)
        {
            if (place.User != 0)
                Find(place.User) = place;
        }
    }

    /// <summary>A user's count. Users' numbers begin at 1, so that 0 is a free place.</summary>
    private struct Place
    {
        public int User;
        public long Events;
    }
}
