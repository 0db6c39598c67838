using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;

namespace BusIngest.Api.Cars;

/// <summary>
/// Takes the cars' ledger from what is on disk. Where the inbox is the only lane every car is in one of the two files, and a kill can't make it wrong. What is on
/// a server is in flight: accepted, and in neither file yet; what was confirmed in the half second before a kill is known only once it is stored.
/// </summary>
internal sealed class SqliteCarStats(DeliveryAudit audit) : ICarStats
{
    /// <summary>All figures in one row.</summary>
    /// <remarks>
    /// A message that was consumed and is still in the inbox is known by its mark. One that failed, or was sent again after
    /// failing, may be in the inbox and among the failed for a moment, and is counted as failed. Rows are numbered without gaps
    /// and none is deleted, so the last number is the count of rows.
    /// </remarks>
    private const string Ledger = """
        SELECT (SELECT records FROM inbox.accepted WHERE message_type = 'CarGenerated'),
               ledger.stored, ledger.known, ledger.redelivered,
               (SELECT max(seq) FROM cars),
               (SELECT sum(records) FROM failed_messages WHERE message_type = 'CarGenerated' AND endpoint = 'cars-store'),
               (SELECT sum(waiting.records) FROM inbox.inbox AS waiting
                WHERE waiting.message_type = 'CarGenerated'
                  AND NOT EXISTS (SELECT 1 FROM consumed_messages AS mark
                                  WHERE mark.message_id = waiting.message_id AND mark.endpoint = 'cars-store')
                  AND NOT EXISTS (SELECT 1 FROM failed_messages AS failed
                                  WHERE failed.message_id = waiting.message_id AND failed.endpoint = 'cars-store'))
        FROM car_ledger AS ledger WHERE ledger.id = 1
        """;

    /// <summary>The ledger as of one moment.</summary>
    public Task<CarStats> ReadAsync(CancellationToken cancellationToken) => audit.ReadAsync(Read, cancellationToken);

    private CarStats Read(SqliteSession session)
    {
        var row = session.Statement(Ledger);
        row.Read();
        var (accepted, stored, known, redelivered) = (row.Number(0), row.Number(1), row.Number(2), row.Number(3));
        var (rows, failed, parked) = (row.Number(4), row.Number(5), row.Number(6));
        row.Reset();

        var generated = accepted - known;
        if (audit.HasServerLane)
            generated = Math.Max(generated, stored + parked + failed);
        var inFlight = audit.HasServerLane ? generated - stored - parked : failed;
        return new CarStats(
            generated, stored, parked, inFlight, Lost: generated - stored - parked - inFlight, Duplicates: rows - stored, redelivered + known);
    }
}
