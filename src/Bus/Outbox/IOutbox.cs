namespace BusIngest.Bus.Outbox;

/// <summary>
/// How records leave a process. Promise 1, "accepted is durable", is kept here: a task that completed means that a kill of this
/// process, or of the broker, loses nothing.
/// </summary>
public interface IOutbox
{
    /// <summary>Hands in one record and completes when it is durable. Concurrent callers share a message and an fsync.</summary>
    /// <typeparam name="TRecord">A type registered by <c>AddChunk</c>.</typeparam>
    /// <param name="record">What to publish.</param>
    /// <param name="cancellationToken">Ends the wait; the record may be published all the same.</param>
    /// <exception cref="OutboxUnavailableException">It can't be made durable now; the outcome is unknown, and trying again is safe
    /// for records with a natural key.</exception>
    Task PublishAsync<TRecord>(TRecord record, CancellationToken cancellationToken = default);

    /// <summary>Hands in many records and completes when all are durable. They keep their order, and may be split over messages.</summary>
    /// <inheritdoc cref="PublishAsync{TRecord}(TRecord, CancellationToken)" />
    Task PublishAsync<TRecord>(IReadOnlyList<TRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Hands in records that are written already, and completes when all are durable. They go in one message, however many they are.</summary>
    /// <typeparam name="TRecord">A type registered by <c>AddChunk</c>.</typeparam>
    /// <param name="count">How many there are, at least 1.</param>
    /// <param name="records">The records in UTF-8, as the type's registered JSON would write them, separated by commas. It is not looked
    /// into: what is wrong with it is found by the consumer. It must stay as it is until the task has completed.</param>
    /// <param name="cancellationToken">Ends the wait; the records may be published all the same.</param>
    /// <returns>Where they went.</returns>
    /// <exception cref="OutboxUnavailableException">It can't be made durable now; the outcome is unknown.</exception>
    Task<OutboxReceipt> PublishAsync<TRecord>(int count, ReadOnlyMemory<byte> records, CancellationToken cancellationToken = default);

    /// <summary>Completes when little waits to be consumed. Bulk producers await it between batches, so that they go at the pace
    /// of the consumers and leave the room in the outbox to interactive callers.</summary>
    Task WaitUntilCaughtUpAsync(CancellationToken cancellationToken = default);
}
