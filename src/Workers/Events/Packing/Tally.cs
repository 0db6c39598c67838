using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Packing;

/// <summary>
/// Counts by type and by user while a summary is made: a hash table over users' numbers that is used again and again. It has room for so many users and no
/// more: when there are more, it goes on with half of them, and is to be filled again for the others. Not thread-safe.
/// </summary>
internal sealed class Tally
{
    /// <summary>A larger one, of an account with many users, is not kept: it would be emptied after each summary of a small one.</summary>
    private const int LargestKept = 1 << 14;

    /// <summary>The most users that are counted at once; they take 4 MB.</summary>
    internal const int MostUsers = 1 << 17;

    [ThreadStatic]
    private static Tally? _spare;

    private readonly long[] _types = new long[EventTypes.Count];

    private Place[] _places = new Place[1024];
    private readonly Stack<UserShare> _left = new();
    private readonly int _mostUsers;
    private UserShare _share;
    private int _used;

    private Tally(int mostUsers) => _mostUsers = mostUsers;

    /// <summary>An empty one; give it back when done.</summary>
    public static Tally Rent()
    {
        var tally = _spare ?? new Tally(MostUsers);
        _spare = null;
        return tally;
    }

    /// <summary>An empty one that is not given back.</summary>
    internal static Tally Of(int mostUsers) => new(mostUsers);

    /// <summary>Gives it back to the thread.</summary>
    public void Return()
    {
        if (_places.Length > LargestKept || _mostUsers != MostUsers)
            return;
        _left.Clear();
        Empty(default);
        _spare = this;
    }

    /// <summary>Whether users are left that have not been counted.</summary>
    public bool HasMore => _left.Count > 0;

    /// <summary>Becomes empty, and ready to count users that are left.</summary>
    /// <returns>False: all have been counted.</returns>
    public bool Next()
    {
        if (!_left.TryPop(out var share))
            return false;
        Empty(share);
        return true;
    }

    /// <summary>Counts one event.</summary>
    public void Add(int user, int type)
    {
        _types[type]++;
        AddUser(user, 1);
    }

    /// <summary>Counts many events of one type.</summary>
    public void AddType(int type, long events) => _types[type] += events;

    /// <summary>Counts many events of one user.</summary>
    public void AddUser(int user, long events)
    {
        if (_share.Bits > 0 && !_share.Has(user))
            return;
        ref var place = ref Find(user);
        if (place.User != user)
        {
            if (_used == _mostUsers)
            {
                Halve();
                AddUser(user, events);
                return;
            }

            place = ref Take(user);
        }

        place.Events += events;
    }

    /// <summary>Events of a user that is being counted; 0: there are none.</summary>
    public long EventsOf(int user) => Find(user).Events;

    /// <summary>Events by type.</summary>
    public EventTotals Totals => new(_types[0], _types[1], _types[2], _types[3], _types[4]);

    /// <summary>Users who are so busy or busier.</summary>
    /// <param name="least">How busy, at least 1.</param>
    /// <param name="most">No more than so many of those who are just so busy.</param>
    /// <param name="hasAll">Whether those are all.</param>
    public List<(int User, long Events)> Busiest(long least, int most, out bool hasAll)
    {
        var busiest = new List<(int User, long Events)>();
        hasAll = true;
        foreach (var place in _places)
        {
            if (place.User == 0 || place.Events < least)
                continue;
            if (place.Events == least && most-- <= 0)
                hasAll = false;
            else
                busiest.Add((place.User, place.Events));
        }

        return busiest;
    }

    /// <summary>How busy the last of the busiest is.</summary>
    /// <param name="limit">How many are the busiest.</param>
    /// <param name="others">How busy users are that were counted before.</param>
    /// <returns>At least 1.</returns>
    public long Least(int limit, IEnumerable<long> others)
    {
        // The smallest of them is on top.
        var largest = new PriorityQueue<long, long>(Math.Min(limit, _used) + 1);
        foreach (var events in others)
            largest.Enqueue(events, events);
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

    /// <summary>Becomes empty again, with the same users to count.</summary>
    public void Restart() => Empty(_share);

    private ref Place Take(int user)
    {
        if ((_used + 1) * 2 > _places.Length)
            Refill(new Place[_places.Length * 2]);
        _used++;
        ref var place = ref Find(user);
        place.User = user;
        return ref place;
    }

    private void Empty(UserShare share)
    {
        Array.Clear(_types);
        Array.Clear(_places);
        (_used, _share) = (0, share);
    }

    /// <summary>Goes on with half of the users; the others are for another time.</summary>
    private void Halve()
    {
        (_share, var other) = _share.Halves();
        _left.Push(other);
        Refill(new Place[_places.Length]);
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

    private void Refill(Place[] places)
    {
        (_places, places) = (places, _places);
        _used = 0;
        foreach (var place in places)
        {
            if (place.User == 0 || !_share.Has(place.User))
                continue;
            Find(place.User) = place;
            _used++;
        }
    }

    /// <summary>A user's count. Users' numbers begin at 1, so that 0 is a free place.</summary>
    private struct Place
    {
        public int User;
        public long Events;
    }
}
