using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Api.Dashboard.Reading.Events;

/// <summary>
/// Counts by the ledger, and by what every process last reported as accepted, which is behind by up to half a second: what is stored or has
/// failed was accepted in any case.
/// </summary>
internal sealed class PostgresEventCounts(PostgresDatabase database) : IEventCounts
{
    private const string Counts = """
        SELECT (SELECT coalesce(sum(records), 0)::bigint FROM accepted WHERE message_type = 'EventRecorded'),
               coalesce(sum(stored), 0)::bigint, coalesce(sum(known), 0)::bigint,
               (SELECT coalesce(sum(records), 0)::bigint FROM failed_messages WHERE message_type = 'EventRecorded' AND endpoint = 'events-store')
        FROM event_ledger
        """;

    public async Task<EventCounts> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await database.GuardAsync(() => ReadAsync(connection, cancellationToken), cancellationToken);
    }

    private static async Task<EventCounts> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Counts, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var (reported, stored, known, failed) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        var settled = stored + known + failed;
        var accepted = Math.Max(reported, settled);
        return new EventCounts(accepted, stored, known, failed, accepted - settled);
    }
}
