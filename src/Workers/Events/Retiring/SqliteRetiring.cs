using BusIngest.Bus.Storage;
using BusIngest.Workers.Events.Packing;
using BusIngest.Workers.Events.Reading;
using BusIngest.Workers.Events.Storing;

namespace BusIngest.Workers.Events.Retiring;

/// <inheritdoc />
/// <remarks>By whole days. Rows are in the order of storing, and have no index by time: once a day they are walked over.</remarks>
internal sealed class SqliteRetiring(MainDatabase database) : IRetiring
{
    private const int RowsWalked = 20_000;
    private const int RowsDeleted = 1_000;
    private const int AccountsAtOnce = 200;

    private DateTimeOffset _done = DateTimeOffset.MinValue;

    public async Task RetireAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var day = new DateTimeOffset(before.UtcDateTime.Date, TimeSpan.Zero);
        if (day <= _done)
            return;

        await database.Writer.WriteAsync(1, session => session.KeepFrom(day.ToUnixTimeMilliseconds()), cancellationToken);
        await DeleteRowsAsync(day.ToUnixTimeMilliseconds(), cancellationToken);
        await DeleteBucketsAsync(day.ToUnixTimeMilliseconds() / BucketKey.HourMs, cancellationToken);
        _done = day;
    }

    private async Task DeleteRowsAsync(long beforeMs, CancellationToken cancellationToken)
    {
        var last = database.Readers.Read(session => session.NumberOf("SELECT max(seq) FROM events"));
        for (var walked = 0L; walked < last; walked += RowsWalked)
        {
            var (from, to) = (walked, walked + RowsWalked);
            var old = database.Readers.Read(session => session.OldRows(from, to, beforeMs));
            foreach (var rows in old.Chunk(RowsDeleted))
                await database.Writer.WriteAsync(rows.Length, session => session.DeleteRows(rows), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task DeleteBucketsAsync(long beforeHour, CancellationToken cancellationToken)
    {
        var accounts = database.Readers.Read(session => session.CountAccounts());
        for (var first = 1; first <= accounts; first += AccountsAtOnce)
        {
            var (from, to) = (first, Math.Min(accounts, first + AccountsAtOnce - 1));
            await database.Writer.WriteAsync(AccountsAtOnce, session => session.DeleteBuckets(from, to, beforeHour), cancellationToken);
        }
    }
}
