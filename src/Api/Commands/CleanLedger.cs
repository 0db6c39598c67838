namespace BusIngest.Api.Commands;

/// <summary>
/// Sets the cars' ledger in PostgreSQL to what is left, beside processes that go on adding to it. They report what they accepted as totals
/// since their start, so the ledger's rows stay, and rows of its own take away what was deleted.
/// </summary>
internal static class CleanLedger
{
    /// <summary>The ledger's tables, of which no row is deleted.</summary>
    public static readonly IReadOnlyList<string> Tables = ["car_ledger", "accepted"];

    /// <summary>What the processes have reported as accepted.</summary>
    public const string Accepted = "SELECT coalesce(sum(records), 0)::bigint FROM accepted WHERE message_type = 'CarGenerated'";

    /// <summary>What is parked in directories ($1) that were cleaned is gone; their processes do not run, and so do not say it.</summary>
    public const string Unpark = "UPDATE accepted SET parked = 0 WHERE instance = ANY($1) AND parked > 0";

    /// <summary>Makes the cars that were stored those that are there. Storing counts in the transaction that stores, so both are of one moment.</summary>
    public const string Stored = """
        INSERT INTO car_ledger (id, stored, known, redelivered)
        SELECT 0, (SELECT count(*) FROM cars) - coalesce(sum(stored), 0)::bigint, -coalesce(sum(known), 0)::bigint, -coalesce(sum(redelivered), 0)::bigint
        FROM car_ledger
        ON CONFLICT (id) DO UPDATE SET
            stored = car_ledger.stored + excluded.stored,
            known = car_ledger.known + excluded.known,
            redelivered = car_ledger.redelivered + excluded.redelivered
        """;

    /// <summary>
    /// Makes what was accepted no more than what is stored and parked; what was purged would be in flight for ever. Reports are late, so as much
    /// again is taken away as was reported since $1 was: too little would show as lost one day, too much shows nowhere.
    /// </summary>
    public const string Generated = """
        INSERT INTO accepted (run_id, message_type, instance, records, parked, reported_at)
        SELECT '00000000-0000-0000-0000-000000000000', 'CarGenerated', '00000000-0000-0000-0000-000000000000',
               LEAST(0, (SELECT coalesce(sum(stored + known), 0)::bigint FROM car_ledger)
                        + coalesce(sum(parked), 0)::bigint - 2 * coalesce(sum(records), 0)::bigint + $1), 0, now()
        FROM accepted WHERE message_type = 'CarGenerated'
        ON CONFLICT (run_id, message_type) DO UPDATE SET records = accepted.records + excluded.records
        """;

    /// <summary>After this time every process has reported what it had accepted before.</summary>
    public static readonly TimeSpan ReportsWithin = TimeSpan.FromSeconds(1.5);
}
