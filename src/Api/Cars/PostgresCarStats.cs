using BusIngest.Bus.Outbox.Failover;
using BusIngest.Bus.Storage.Postgres;
using Npgsql;

namespace BusIngest.Api.Cars;

/// <summary>
/// Takes the cars' ledger from PostgreSQL: what is stored, and what every process last reported as accepted and parked. The rest is in
/// flight: at the broker, in a worker's hands, or with the failed messages.
/// </summary>
internal sealed class PostgresCarStats(PostgresDatabase database, TimeProvider time, IServiceProvider services) : ICarStats
{
    /// <summary>
    /// One statement, one snapshot. Reports are behind by up to half a second, and what a killed process accepted after its last one is known
    /// only once it is stored: so what is stored and parked was accepted in any case. No id is stored twice as long as its unique index stands;
    /// counting tens of millions of rows would take longer than anybody waits.
    /// </summary>
    private const string Ledger = """
        SELECT (SELECT coalesce(sum(records), 0)::bigint FROM accepted WHERE message_type = 'CarGenerated'),
               (SELECT coalesce(sum(parked), 0)::bigint FROM accepted WHERE message_type = 'CarGenerated'),
               coalesce(sum(stored), 0)::bigint, coalesce(sum(known), 0)::bigint, coalesce(sum(redelivered), 0)::bigint,
               CASE WHEN EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('"IX_cars_id"') AND indisunique AND indisvalid)
                    THEN 0 ELSE (SELECT count(*) - count(DISTINCT id) FROM cars) END,
               (SELECT coalesce(sum(records), 0)::bigint FROM failed_messages WHERE message_type = 'CarGenerated')
        FROM car_ledger
        """;

    /// <summary>For how long nothing may have moved, with nothing left at the broker, before what is missing is taken for lost.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private (long Stored, long Missing, long Since) _seen;

    public async Task<CarStats> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (accepted, parked, stored, known, redelivered, duplicates, failed) =
            await database.GuardAsync(() => ReadAsync(connection, cancellationToken), cancellationToken);
        var generated = Math.Max(accepted - known, stored + parked);
        var inFlight = generated - stored - parked;
        var missing = Math.Max(0, inFlight - failed);
        var lost = StandsStill(stored, missing) && await BrokerIsEmptyAsync(cancellationToken) ? missing : 0;
        return new CarStats(generated, stored, parked, inFlight - lost, lost, duplicates, redelivered + known);
    }

    private static async Task<(long, long, long, long, long, long, long)> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Ledger, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6));
    }

    private bool StandsStill(long stored, long missing)
    {
        lock (_gate)
        {
            if (_seen.Since == 0 || _seen.Stored != stored || _seen.Missing != missing)
                _seen = (stored, missing, time.GetTimestamp());
            return missing > 0 && time.GetElapsedTime(_seen.Since) >= Standstill;
        }
    }

    private async Task<bool> BrokerIsEmptyAsync(CancellationToken cancellationToken) =>
        services.GetService<IBacklog>() is { } backlog && await backlog.MessagesAsync(cancellationToken) == 0;
}
