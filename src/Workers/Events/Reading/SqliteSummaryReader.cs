using BusIngest.Bus.Storage;
using BusIngest.Workers.Events.Packing;

namespace BusIngest.Workers.Events.Reading;

/// <inheritdoc />
internal sealed class SqliteSummaryReader(MainDatabase database, ICompleteUntil complete) : ISummaryReader
{
    public async Task<AccountSummary> ReadAsync(string accountId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // Before the snapshot: what was complete then is complete in it.
        var asOf = await complete.ReadAsync(cancellationToken);
        return database.Readers.Read(session => Read(session, accountId, from, to, asOf));
    }

    private static AccountSummary Read(SqliteSession session, string accountId, DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf)
    {
        var tally = Tally.Rent();
        // One transaction: tail and buckets of the same moment.
        session.Statement("BEGIN").Execute();
        try
        {
            var window = WindowMs.Of(from, to, session.KeptFrom());
            var account = session.Account(accountId);
            if (account > 0 && !window.IsEmpty)
                session.Count(account, window, tally);
            return new AccountSummary(accountId, tally.Totals, TopUsers.Of(tally, session.UserId), asOf);
        }
        finally
        {
            session.Statement("COMMIT").Execute();
            tally.Return();
        }
    }
}
