using System.Globalization;
using System.Text.Json;
using BusIngest.Contracts.Events;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Commands.Events;

/// <summary>Holds every account's summary against what was accepted.</summary>
/// <param name="client">Asks for them.</param>
/// <param name="samples">What was sent.</param>
/// <param name="writer">Knows the accounts' ids.</param>
/// <param name="tally">Knows what was accepted.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadChecks(LoadClient client, EventSamples samples, SampleWriter writer, LoadTally tally, TimeProvider time)
{
    private const int MostDifferences = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>So long something has to be stored in, or nothing more is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Counts what was accepted, account by account.</summary>
    /// <param name="events">How many different events there were.</param>
    /// <param name="accounts">How many accounts.</param>
    public (ExpectedSummary[] Accepted, long[] Unknown) Count(int events, int accounts)
    {
        var accepted = new ExpectedSummary[accounts];
        for (var account = 0; account < accounts; account++)
            accepted[account] = new ExpectedSummary();
        var unknown = new long[accounts];
        for (var number = 0; number < events; number++)
        {
            var sample = samples[number];
            if (tally.IsAccepted(number))
                accepted[sample.Account].Add(sample);
            else if (tally.IsUnknown(number))
                unknown[sample.Account]++;
        }

        return (accepted, unknown);
    }

    /// <summary>Compares all, and waits for what is still on its way.</summary>
    /// <returns>What is different; none: everything is right.</returns>
    public async Task<IReadOnlyList<string>> CompareAsync(ExpectedSummary[] accepted, long[] unknown, CancellationToken cancellationToken)
    {
        var differences = new List<string>();
        for (var account = 0; account < accepted.Length && differences.Count < MostDifferences; account++)
        {
            if (accepted[account].Sum + unknown[account] > 0 && await CompareAsync(account, accepted[account], unknown[account], cancellationToken) is { } difference)
                differences.Add(difference);
        }

        return differences;
    }

    private async Task<string?> CompareAsync(int account, ExpectedSummary accepted, long unknown, CancellationToken cancellationToken)
    {
        var (id, (from, to)) = (writer.Account(account), samples.Bounds);
        var route = $"accounts/{id}/summary?from={Text(from)}&to={Text(to)}";
        var (seen, since) = (-1L, time.GetTimestamp());
        while (true)
        {
            var summary = await client.GetAsync(route, cancellationToken);
            var totals = EventTypes.All.Select(type => Number(summary.GetProperty("totals"), type)).ToArray();
            var sum = totals.Sum();
            if (sum >= accepted.Sum || (sum == seen && time.GetElapsedTime(since) > Patience))
                return Difference(id, accepted, unknown, totals, summary.GetProperty("top_users"));
            if (sum != seen)
                (seen, since) = (sum, time.GetTimestamp());
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static string? Difference(string account, ExpectedSummary accepted, long unknown, long[] totals, JsonElement topUsers)
    {
        if (totals.Sum() < accepted.Sum || totals.Sum() > accepted.Sum + unknown)
            return $"{account}: {accepted.Sum:N0} events were accepted{(unknown > 0 ? $" and {unknown:N0} more may have been" : "")}, {totals.Sum():N0} are counted";
        if (unknown > 0)
            return null;
        if (!totals.SequenceEqual(accepted.Totals))
            return $"{account}: the totals are {string.Join(", ", totals)} and should be {string.Join(", ", accepted.Totals)} ({EventTypes.Listed})";

        var users = topUsers.EnumerateArray().Select(user => (user.GetProperty("user_id").GetString()!, user.GetProperty("events").GetInt64())).ToList();
        var expected = accepted.TopUsers(ISummaryReader.TopUsers);
        return users.SequenceEqual(expected) ? null : $"{account}: the busiest users are {Text(users)} and should be {Text(expected)}";
    }

    private static long Number(JsonElement totals, string type) => totals.TryGetProperty(type, out var number) ? number.GetInt64() : 0;

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));

    private static string Text(IEnumerable<(string User, long Events)> users) => string.Join(", ", users.Select(user => $"{user.User} {user.Events}"));
}
