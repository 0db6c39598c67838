using BusIngest.Contracts.Events;

namespace BusIngest.Api.Commands.Events;

/// <summary>What an account's summary has to be: a count of what was sent.</summary>
internal sealed class ExpectedSummary
{
    private readonly Dictionary<int, long> _users = [];

    /// <summary>Events by type, in the order of the types' numbers.</summary>
    public long[] Totals { get; } = new long[EventTypes.Count];

    /// <summary>Events of all types.</summary>
    public long Sum => Totals.Sum();

    /// <summary>Counts an event.</summary>
    public void Add(in SampleEvent sample)
    {
        Totals[(int)sample.Type]++;
        _users[sample.User] = _users.GetValueOrDefault(sample.User) + 1;
    }

    /// <summary>The busiest users; of equally busy ones the first by their ids.</summary>
    public IReadOnlyList<(string User, long Events)> TopUsers(int count) =>
    [
        .. _users.Select(user => (User: SampleWriter.User(user.Key), Events: user.Value))
            .OrderByDescending(user => user.Events).ThenBy(user => user.User, StringComparer.Ordinal).Take(count),
    ];
}
