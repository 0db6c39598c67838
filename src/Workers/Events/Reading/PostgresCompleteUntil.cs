using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Workers.Events.Reading;

/// <summary>
/// By the ledgers: once as many events are settled as all processes together report that they have accepted, everything is in that was
/// accepted before the reports. While more is under way, it is the last moment for which that was so.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock.</param>
/// <param name="backlogs">The lane, if it can tell what waits behind it.</param>
internal sealed class PostgresCompleteUntil(PostgresDatabase database, TimeProvider time, IEnumerable<IBacklog> backlogs) : ICompleteUntil
{
    private const string Ledgers = """
        SELECT (SELECT coalesce(sum(records), 0)::bigint FROM accepted WHERE message_type = 'EventRecorded'),
               (SELECT coalesce(sum(stored + known), 0)::bigint FROM event_ledger)
             + (SELECT coalesce(sum(records), 0)::bigint FROM failed_messages WHERE message_type = 'EventRecorded'),
               (SELECT coalesce(sum(parked), 0)::bigint FROM accepted WHERE message_type = 'EventRecorded')
        """;

    /// <summary>Reports come twice a second.</summary>
    private static readonly TimeSpan ReportsAge = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    /// <summary>When nothing has moved for so long, and nothing waits, what is missing is gone, and what is too much was never reported.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Look _last = new(DateTimeOffset.UnixEpoch, null);
    private (Sums Sums, long Since) _seen;
    private long _gone;

    public async ValueTask<DateTimeOffset> ReadAsync(CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _last);
        if (last.At is { } at && time.GetElapsedTime(at) < Fresh)
            return last.Until;

        // The time first: what is accepted from here on may or may not be seen.
        var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        var sums = await ReadSumsAsync(cancellationToken);
        if (StandsStill(sums, stamp) && await IsEmptyAsync(cancellationToken))
            Volatile.Write(ref _gone, sums.Missing);
        return Keep(sums.Missing <= Volatile.Read(ref _gone) ? now - ReportsAge : DateTimeOffset.MinValue, stamp);
    }

    /// <summary>Another look may have begun before this one and end after it, and a clock may be set back: what was told stays true.</summary>
    private DateTimeOffset Keep(DateTimeOffset complete, long stamp)
    {
        lock (_gate)
        {
            var until = complete > _last.Until ? complete : _last.Until;
            Volatile.Write(ref _last, new Look(until, stamp));
            return until;
        }
    }

    private async Task<Sums> ReadSumsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(
            async () =>
            {
                await using var command = new NpgsqlCommand(Ledgers, connection);
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                await row.ReadAsync(cancellationToken);
                return new Sums(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
            },
            cancellationToken);
    }

    /// <summary>Whether nothing has moved, though the sums are no even ones.</summary>
    private bool StandsStill(Sums sums, long now)
    {
        lock (_gate)
        {
            if (_seen.Since == 0 || _seen.Sums != sums)
                _seen = (sums, now);
            return sums.Missing != _gone && sums.Parked == 0 && time.GetElapsedTime(_seen.Since, now) >= Standstill;
        }
    }

    private async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        foreach (var backlog in backlogs)
        {
            if (await backlog.MessagesAsync(cancellationToken) != 0)
                return false;
        }

        return true;
    }

    private sealed record Look(DateTimeOffset Until, long? At);

    private readonly record struct Sums(long Accepted, long Settled, long Parked)
    {
        /// <summary>Below 0: a process was killed that had not reported all.</summary>
        public long Missing => Accepted - Settled;
    }
}
