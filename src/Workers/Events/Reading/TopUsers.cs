using BusIngest.Workers.Events.Packing;

namespace BusIngest.Workers.Events.Reading;

/// <summary>Picks the users that a summary names.</summary>
internal static class TopUsers
{
    /// <summary>The busiest, by ordinal order of their ids where they are equally busy.</summary>
    /// <param name="tally">The counts.</param>
    /// <param name="userId">Gives the id of a user by number.</param>
    public static IReadOnlyList<UserEvents> Of(Tally tally, Func<int, string> userId) => Of(
        tally.Busiest(ISummaryReader.TopUsers).ConvertAll(user => new UserEvents(userId(user.User), user.Events)));

    /// <summary>Cuts the busiest, and whoever is as busy as the last of them, to as many as are named.</summary>
    public static IReadOnlyList<UserEvents> Of(List<UserEvents> busiest)
    {
        busiest.Sort(static (x, y) =>
            x.Events != y.Events ? y.Events.CompareTo(x.Events) : string.CompareOrdinal(x.UserId, y.UserId));
        if (busiest.Count > ISummaryReader.TopUsers)
            busiest.RemoveRange(ISummaryReader.TopUsers, busiest.Count - ISummaryReader.TopUsers);
        return busiest;
    }
}
