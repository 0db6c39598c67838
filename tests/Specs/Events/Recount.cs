using BusIngest.Bus.Storage;
using BusIngest.Contracts.Events;
using BusIngest.Support.Storage;
using BusIngest.Workers.Events;

namespace BusIngest.Specs.Events;

/// <summary>What a summary must be: a count of raw rows.</summary>
internal static class Recount
{
    /// <summary>Counts the rows of an account and a window.</summary>
    public static (EventTotals Totals, IReadOnlyList<UserEvents> TopUsers) Of(
        IEnumerable<StoredEventRow> rows, string account, DateTimeOffset from, DateTimeOffset to)
    {
        var counted = rows
            .Where(row => string.Equals(row.AccountId, account, StringComparison.Ordinal) && row.TimestampMs >= from.ToUnixTimeMilliseconds() && row.TimestampMs < to.ToUnixTimeMilliseconds())
            .ToList();
        long Events(EventType type) => counted.Count(row => string.Equals(row.Type, type.Name(), StringComparison.Ordinal));
        var totals = new EventTotals(
            Events(EventType.MessageSent), Events(EventType.CallMade), Events(EventType.FormSubmitted), Events(EventType.Login), Events(EventType.Custom));
        return (totals,
        [
            .. counted.GroupBy(row => row.UserId, StringComparer.Ordinal)
                .Select(user => new UserEvents(user.Key, user.Count()))
                .OrderByDescending(user => user.Events).ThenBy(user => user.UserId, StringComparer.Ordinal)
                .Take(ISummaryReader.TopUsers),
        ]);
    }

    /// <summary>The raw rows of an account, as a session sees them.</summary>
    public static List<StoredEventRow> Rows(SqliteSession session, string account)
    {
        var rows = session.Statement("SELECT event_id, account_id, user_id, type, timestamp FROM events WHERE account_id = ?1").Bind(1, account);
        var read = new List<StoredEventRow>();
        while (rows.Read())
            read.Add(new StoredEventRow(rows.Text(0)!, rows.Text(1)!, rows.Text(2)!, rows.Text(3)!, rows.Number(4)));
        return read;
    }
}
