using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Packing;

/// <summary>Counts by type and by user while a summary is made: a hash table over users' numbers that is used again and again. Not thread-safe.</summary>
internal sealed class Tally
{
    private const int LargestKept = 1 << 18;

    [ThreadStatic]
    private static Tally? _spare;

    private readonly long[] _types = new long[EventTypes.Count];

    // Users' numbers begin at 1, so that 0 is a free place.
    private int[] _users = new int[1024];
    private long[] _counts = new long[1024];
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
        if (_users.Length > LargestKept)
            return;
        Array.Clear(_types);
        Array.Clear(_users);
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
        for (var i = 0; i < _users.Length; i++)
        {
            if (_users[i] != 0 && _counts[i] >= least)
                busiest.Add((_users[i], _counts[i]));
        }

        busiest.Sort(static (x, y) => y.Events.CompareTo(x.Events));
        return busiest;
    }

    /// <summary>How busy the last of the busiest is.</summary>
    private long Least(int limit)
    {
        // The smallest of them is on top.
        var largest = new PriorityQueue<long, long>(Math.Min(limit, _used) + 1);
        for (var i = 0; i < _users.Length; i++)
        {
            if (_users[i] == 0)
                continue;
            if (largest.Count < limit)
                largest.Enqueue(_counts[i], _counts[i]);
            else if (_counts[i] > largest.Peek())
                largest.DequeueEnqueue(_counts[i], _counts[i]);
        }

        return largest.Count < limit ? 1 : largest.Peek();
    }

    private ref long Count(int user)
    {
        if (_used * 2 >= _users.Length)
            Grow();

        var place = Place(user);
        if (_users[place] == 0)
        {
            _users[place] = user;
            _counts[place] = 0;
            _used++;
        }

        return ref _counts[place];
    }

    private int Place(int user)
    {
        var mask = _users.Length - 1;
        // Fibonacci hashing: neighbouring numbers fall far apart.
        var place = (int)(((uint)user * 2654435769u) >> 7) & mask;
        while (_users[place] != 0 && _users[place] != user)
            place = (place + 1) & mask;
        return place;
    }

    private void Grow()
    {
        var (users, counts) = (_users, _counts);
        _users = new int[users.Length * 2];
        _counts = new long[users.Length * 2];
        for (var i = 0; i < users.Length; i++)
        {
            if (users[i] == 0)
                continue;
            var place = Place(users[i]);
            _users[place] = users[i];
            _counts[place] = counts[i];
        }
    }
}
