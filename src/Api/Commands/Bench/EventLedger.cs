using System.Globalization;
using BusIngest.Api.Commands.Events;
using BusIngest.Api.Events;
using BusIngest.Contracts.Events;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Commands.Bench;

/// <summary>Holds every account's summary against what was accepted.</summary>
/// <param name="client">Asks for them.</param>
/// <param name="writer">Knows the accounts' ids.</param>
/// <param name="bounds">From when to when the events are.</param>
/// <param name="drain">Waits for what is still on its way.</param>
internal sealed class EventLedger(BenchClient client, SampleWriter writer, (DateTimeOffset From, DateTimeOffset To) bounds, BenchDrain drain)
{
    private const int MostDifferences = 10;

    /// <summary>Compares all.</summary>
    /// <param name="accepted">What the summaries have to be, by the accounts' numbers.</param>
    /// <param name="unknown">How many events more there may be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<BenchLedger> CompareAsync(ExpectedSummary[] accepted, long[] unknown, CancellationToken cancellationToken)
    {
        var differences = new List<string>();
        for (var account = 0; account < accepted.Length && differences.Count < MostDifferences; account++)
        {
            if (accepted[account].Sum + unknown[account] > 0 && await CompareAsync(account, accepted[account], unknown[account], cancellationToken) is { } difference)
                differences.Add(difference);
        }

        return new BenchLedger(accepted.Sum(account => account.Sum), unknown.Sum(), drain.Stored, differences);
    }

    private async Task<string?> CompareAsync(int account, ExpectedSummary accepted, long unknown, CancellationToken cancellationToken)
    {
        var id = writer.Account(account);
        SummaryView? last = null;
        await drain.WaitAsync(
            async token =>
            {
                last = await client.GetAsync($"accounts/{id}/summary?from={Text(bounds.From)}&to={Text(bounds.To)}", EventApiJson.Default.SummaryView, token);
                return last.Totals.Values.Sum();
            },
            accepted.Sum,
            cancellationToken);
        return Difference(id, accepted, unknown, last!);
    }

    private static string? Difference(string account, ExpectedSummary accepted, long unknown, SummaryView summary)
    {
        var totals = EventTypes.All.Select(type => summary.Totals.GetValueOrDefault(type)).ToArray();
        if (BenchLedger.Difference($"events of {account}", accepted.Sum, unknown, totals.Sum()) is { } difference)
            return difference;
        if (unknown > 0)
            return null;
        if (!totals.SequenceEqual(accepted.Totals))
            return $"{account}: the totals are {string.Join(", ", totals)} and should be {string.Join(", ", accepted.Totals)} ({EventTypes.Listed})";

        var users = summary.TopUsers.Select(user => (user.UserId, user.Events)).ToList();
        var expected = accepted.TopUsers(ISummaryReader.TopUsers);
        return users.SequenceEqual(expected) ? null : $"{account}: the busiest users are {Text(users)} and should be {Text(expected)}";
    }

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));

    private static string Text(IEnumerable<(string User, long Events)> users) => string.Join(", ", users.Select(user => $"{user.User} {user.Events}"));
}
