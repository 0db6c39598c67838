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
        // Of one moment: tail and buckets, however often they are read.
        return database.Readers.ReadMoment(session => Read(session, accountId, from, to, asOf, cancellationToken), cancellationToken);
    }

    private static AccountSummary Read(
        SqliteSession session, string accountId, DateTimeOffset from, DateTimeOffset to, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var window = WindowMs.Of(from, to, session.KeptFrom());
        var account = session.Account(accountId);
        if (account == 0 || window.IsEmpty)
            return new AccountSummary(accountId, default, [], asOf);

        var (totals, users) = session.Summarize(account, window, Tally.Rent(), cancellationToken);
        return new AccountSummary(accountId, totals, users, asOf);
    }
}
