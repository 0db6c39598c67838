namespace BusIngest.Workers.Events.Storing;

/// <summary>What was stored, counted in the transactions that stored: the table `event_ledger`, one row on SQLite, and on PostgreSQL a
/// few, which are added up.</summary>
public sealed class EventLedger
{
    /// <summary>The row of SQLite.</summary>
    public const int TheOne = 1;

    /// <summary>The row's number.</summary>
    public int Id { get; init; }

    /// <summary>Events stored.</summary>
    public long Stored { get; init; }

    /// <summary>Events accepted under an id that was stored already, and dropped.</summary>
    public long Known { get; init; }
}
