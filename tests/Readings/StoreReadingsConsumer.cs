using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Readings;

/// <summary>Stores readings, each id once.</summary>
internal sealed class StoreReadingsConsumer(RetryOptions retry, TimeProvider time)
    : ChunkConsumer<Reading, ReadingsTaken>(retry, ReadingsJson.Default.ReadingArray, time)
{
    /// <inheritdoc />
    protected override bool Store(SqliteSession session, Reading record) => session.Insert(record);

    /// <inheritdoc />
    protected override void Store(PostgresBatch batch, IReadOnlyList<Reading> records) => batch.Insert(records);

    /// <inheritdoc />
    protected override void CountStored(SqliteSession session, int stored, int known)
    {
        // A workload with a ledger counts here, in the transaction that stores.
    }

    /// <inheritdoc />
    protected override void CountRepeated(SqliteSession session, int records)
    {
    }

    /// <inheritdoc />
    protected override void CountRepeated(PostgresBatch batch, int records)
    {
    }
}
