using System.Globalization;
using System.Text.Json;
using BusIngest.Support.Cars;
using BusIngest.Support.Storage;

namespace BusIngest.Support.Events;

/// <summary>Asks for summaries, and holds them against rows.</summary>
/// <param name="api">The program.</param>
public sealed class EventsApi(CarsApi api)
{
    private const int TopUsers = 10;

    /// <summary>Waits until every account's summary is what a recount of its rows gives.</summary>
    /// <param name="rows">Reads all rows.</param>
    /// <param name="prefix">What the accounts to look at begin with.</param>
    /// <param name="deadline">How long at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SumsUpAsync(
        Func<Task<IReadOnlyList<StoredEventRow>>> rows, string prefix, TimeSpan deadline, CancellationToken cancellationToken) => Eventually.BecomesAsync(
        "The summaries equal a recount", async token => await DifferenceAsync(await rows(), prefix, token), static found => found.Length == 0, deadline, cancellationToken);

    /// <summary>The first account whose summary is not what a recount gives; empty: there is none.</summary>
    private async Task<string> DifferenceAsync(IReadOnlyList<StoredEventRow> rows, string prefix, CancellationToken cancellationToken)
    {
        foreach (var account in rows.Where(row => row.AccountId.StartsWith(prefix, StringComparison.Ordinal)).GroupBy(row => row.AccountId, StringComparer.Ordinal))
        {
            var times = account.Select(row => row.TimestampMs).Order().ToList();
            // The whole, and a part with ragged edges.
            foreach (var (from, to) in new[] { (times[0], times[^1] + 1), (times[times.Count / 4], times[times.Count * 3 / 4] + 1) })
            {
                var wanted = Describe(account.Where(row => row.TimestampMs >= from && row.TimestampMs < to).ToList());
                var found = Describe(await api.GetAsync($"accounts/{account.Key}/summary?from={Text(from)}&to={Text(to)}", cancellationToken));
                if (!string.Equals(wanted, found, StringComparison.Ordinal))
                    return $"{account.Key} {Text(from)}–{Text(to)}: {found} and not {wanted}";
            }
        }

        return "";
    }

    private static string Describe(List<StoredEventRow> rows) => Describe(
        rows.GroupBy(row => row.Type, StringComparer.Ordinal).Select(type => (type.Key, (long)type.Count())),
        rows.GroupBy(row => row.UserId, StringComparer.Ordinal).Select(user => (user.Key, (long)user.Count()))
            .OrderByDescending(user => user.Item2).ThenBy(user => user.Key, StringComparer.Ordinal).Take(TopUsers));

    private static string Describe(JsonElement summary) => Describe(
        summary.GetProperty("totals").EnumerateObject().Select(type => (type.Name, type.Value.GetInt64())),
        summary.GetProperty("top_users").EnumerateArray().Select(user => (user.GetProperty("user_id").GetString()!, user.GetProperty("events").GetInt64())));

    private static string Describe(IEnumerable<(string Type, long Events)> totals, IEnumerable<(string User, long Events)> users) =>
        string.Join(' ', totals.OrderBy(type => type.Type, StringComparer.Ordinal)) + " | " + string.Join(' ', users);

    private static string Text(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
