namespace BusIngest.Workers.Cars;

/// <summary>What the storing consumer has counted, in the transactions that stored: the table `car_ledger`, one row on SQLite, and on
/// PostgreSQL a few, which are added up.</summary>
internal sealed class CarLedger
{
    /// <summary>The only row.</summary>
    public const int TheOne = 1;

    /// <summary>Always <see cref="TheOne"/>.</summary>
    public int Id { get; init; }

    /// <summary>Cars stored.</summary>
    public long Stored { get; init; }

    /// <summary>Cars accepted under an id that was stored already, and dropped.</summary>
    public long Known { get; init; }

    /// <summary>Cars in messages that were delivered again, and dropped.</summary>
    public long Redelivered { get; init; }
}
