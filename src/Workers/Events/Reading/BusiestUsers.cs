using BusIngest.Workers.Events.Packing;

namespace BusIngest.Workers.Events.Reading;

/// <summary>
/// The users that a summary names: the busiest of all tallies so far, and of equally busy ones the first by ordinal order of their ids. It keeps as many as are
/// named, and asks for ids of few more, however many are equally busy.
/// </summary>
internal sealed class BusiestUsers
{
    /// <summary>When more users are equally busy, it is cheaper to walk over the account's users than to ask for each.</summary>
    internal const int MostAsked = 1_000;

    private readonly List<UserEvents> _busiest = new(ISummaryReader.TopUsers + 1);

    /// <summary>The busiest first.</summary>
    public IReadOnlyList<UserEvents> Found => _busiest;

    /// <summary>What of a tally may be among them.</summary>
    /// <param name="tally">Users that no earlier tally had.</param>
    public Candidates Choose(Tally tally)
    {
        var least = tally.Least(ISummaryReader.TopUsers, _busiest.Select(user => user.Events));
        var users = tally.Busiest(least, MostAsked, out var hasAll);
        if (!hasAll)
            users.RemoveAll(user => user.Events == least);
        return new Candidates(users, least, hasAll);
    }

    /// <summary>Takes a user in, if there is room or somebody is less busy.</summary>
    public void Offer(string userId, long events)
    {
        var user = new UserEvents(userId, events);
        var place = _busiest.BinarySearch(user, ByRank);
        _busiest.Insert(place < 0 ? ~place : place, user);
        if (_busiest.Count > ISummaryReader.TopUsers)
            _busiest.RemoveAt(_busiest.Count - 1);
    }

    /// <summary>Whether nobody after this id, in the order of UTF-8, can come in who is no busier than the last one.</summary>
    /// <remarks>UTF-8 has the order of code points, which is that of UTF-16 as long as one side has no surrogates and nothing behind them.</remarks>
    public bool IsPast(string userId) => _busiest.Count == ISummaryReader.TopUsers
        && string.CompareOrdinal(userId, _busiest[^1].UserId) > 0
        && !_busiest[^1].UserId.AsSpan().ContainsAnyInRange('\uD800', '\uFFFF');

    private static readonly Comparer<UserEvents> ByRank = Comparer<UserEvents>.Create(static (x, y) =>
        x.Events != y.Events ? y.Events.CompareTo(x.Events) : string.CompareOrdinal(x.UserId, y.UserId));

    /// <summary>Users that may be among the busiest.</summary>
    /// <param name="Users">Their numbers, and how busy they are.</param>
    /// <param name="Least">How busy the last of the busiest is.</param>
    /// <param name="HasAll">Whether that is all of them; if not, those who are just as busy as the last are to be found among the account's users.</param>
    internal readonly record struct Candidates(List<(int User, long Events)> Users, long Least, bool HasAll);
}
