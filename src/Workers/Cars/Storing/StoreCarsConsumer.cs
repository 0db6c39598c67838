using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;
using BusIngest.Contracts.Cars;

namespace BusIngest.Workers.Cars.Storing;

/// <summary>Stores cars, each id once, and counts them in the ledger.</summary>
internal sealed class StoreCarsConsumer(RetryOptions retry, TimeProvider time)
    : ChunkConsumer<Car, CarGenerated>(retry, CarsJson.Default.CarArray, time)
{
    private readonly TimeProvider _time = time;

    /// <inheritdoc />
    protected override bool Store(SqliteSession session, Car record) => session.Insert(record, _time.GetUtcNow());

    /// <inheritdoc />
    protected override void CountStored(SqliteSession session, int stored, int known) => session.Count(stored, known, redelivered: 0);

    /// <inheritdoc />
    protected override void CountRepeated(SqliteSession session, int records) => session.Count(stored: 0, known: 0, records);

    /// <inheritdoc />
    protected override void Store(PostgresBatch batch, IReadOnlyList<Car> records) => batch.Insert(records, _time.GetUtcNow());

    /// <inheritdoc />
    protected override void CountRepeated(PostgresBatch batch, int records) => batch.CountRedelivered(records);
}
