using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Workers.Events.Reading;

/// <summary>
/// By the ledgers: once as many events are settled as all processes together report that they have accepted, everything is in that was
/// accepted before the reports. While more is under way, it is the last moment for which that was so.
/// </summary>
internal sealed class PostgresCompleteUntil(PostgresDatabase database, TimeProvider time) : ICompleteUntil
{
    /// <summary>Reports come twice a second.</summary>
    private static readonly TimeSpan ReportsAge = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    private const string IsComplete = """
        SELECT (SELECT coalesce(sum(stored + known), 0) FROM event_ledger)
             + (SELECT coalesce(sum(records), 0) FROM failed_messages WHERE message_type = 'EventRecorded')
            >= (SELECT coalesce(sum(records), 0) FROM accepted WHERE message_type = 'EventRecorded')
        """;

    private Look _last = new(DateTimeOffset.UnixEpoch, null);

    public async ValueTask<DateTimeOffset> ReadAsync(CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _last);
        if (last.At is { } at && time.GetElapsedTime(at) < Fresh)
            return last.Until;

        // The time first: what is accepted from here on may or may not be seen.
        var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        await using var connection = await database.OpenAsync(cancellationToken);
        var isComplete = await database.GuardAsync(() => ReadAsync(connection, cancellationToken), cancellationToken);
        var until = isComplete && now - ReportsAge > last.Until ? now - ReportsAge : last.Until;
        Volatile.Write(ref _last, new Look(until, stamp));
        return until;
    }

    private static async Task<bool> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(IsComplete, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private sealed record Look(DateTimeOffset Until, long? At);
}
