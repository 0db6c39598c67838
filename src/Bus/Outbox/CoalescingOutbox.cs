using System.Collections.Frozen;

namespace BusIngest.Bus.Outbox;

/// <inheritdoc />
internal sealed class CoalescingOutbox(IEnumerable<ChunkFormat> formats, IOutboxLane lane, OutboxOptions options, TimeProvider time) : IOutbox
{
    private readonly FrozenDictionary<Type, object> _coalescers = formats.ToFrozenDictionary(
        format => format.RecordType, format => format.CreateCoalescer(lane, options, time));

    public Task PublishAsync<TRecord>(TRecord record, CancellationToken cancellationToken = default) =>
        Coalescer<TRecord>().PublishAsync(record, cancellationToken);

    public Task PublishAsync<TRecord>(IReadOnlyList<TRecord> records, CancellationToken cancellationToken = default) =>
        Coalescer<TRecord>().PublishAsync(records, cancellationToken);

    public Task<OutboxReceipt> PublishAsync<TRecord>(int count, ReadOnlyMemory<byte> records, CancellationToken cancellationToken = default) =>
        Coalescer<TRecord>().PublishAsync(count, records, cancellationToken);

    public Task WaitUntilCaughtUpAsync(CancellationToken cancellationToken = default) => lane.WaitUntilCaughtUpAsync(cancellationToken);

    private Coalescer<TRecord> Coalescer<TRecord>() =>
        _coalescers.TryGetValue(typeof(TRecord), out var coalescer)
            ? (Coalescer<TRecord>)coalescer
            : throw new InvalidOperationException($"{typeof(TRecord).Name} has no message to travel in; register it with AddChunk.");
}
