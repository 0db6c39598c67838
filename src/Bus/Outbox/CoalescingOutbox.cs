using System.Collections.Frozen;
using System.Diagnostics;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Bus.Outbox;

/// <inheritdoc />
internal sealed class CoalescingOutbox(IEnumerable<ChunkFormat> formats, IOutboxLane lane, OutboxOptions options, TimeProvider time) : IOutbox
{
    private readonly FrozenDictionary<Type, object> _coalescers = formats.ToFrozenDictionary(
        format => format.RecordType, format => format.CreateCoalescer(lane, options, time));

    public Task PublishAsync<TRecord>(TRecord record, CancellationToken cancellationToken = default) =>
        IsTraced
            ? TraceOneAsync(record, cancellationToken)
            : Coalescer<TRecord>().PublishAsync(record, cancellationToken);

    public Task PublishAsync<TRecord>(IReadOnlyList<TRecord> records, CancellationToken cancellationToken = default) =>
        IsTraced
            ? TraceManyAsync(records, cancellationToken)
            : Coalescer<TRecord>().PublishAsync(records, cancellationToken);

    public Task<OutboxReceipt> PublishAsync<TRecord>(int count, ReadOnlyMemory<byte> records, CancellationToken cancellationToken = default) =>
        IsTraced
            ? TracePackedAsync<TRecord>(count, records, cancellationToken)
            : Coalescer<TRecord>().PublishAsync(count, records, cancellationToken);

    public Task WaitUntilCaughtUpAsync(CancellationToken cancellationToken = default) => lane.WaitUntilCaughtUpAsync(cancellationToken);

    /// <summary>What a generator publishes belongs to no trace: each of its messages begins one.</summary>
    private static bool IsTraced => Tracing.IsOn && Activity.Current is not null;

    // In methods of their own, or the closures would be made where nobody traces, too.
    private Task<bool> TraceOneAsync<TRecord>(TRecord record, CancellationToken cancellationToken) =>
        TraceAsync(typeof(TRecord), 1, async () =>
        {
            await Coalescer<TRecord>().PublishAsync(record, cancellationToken);
            return true;
        });

    private Task<bool> TraceManyAsync<TRecord>(IReadOnlyList<TRecord> records, CancellationToken cancellationToken) =>
        TraceAsync(typeof(TRecord), records.Count, async () =>
        {
            await Coalescer<TRecord>().PublishAsync(records, cancellationToken);
            return true;
        });

    private Task<OutboxReceipt> TracePackedAsync<TRecord>(int count, ReadOnlyMemory<byte> records, CancellationToken cancellationToken) =>
        TraceAsync(typeof(TRecord), count, () => Coalescer<TRecord>().PublishAsync(count, records, cancellationToken));

    /// <summary>Each caller has a span of its own until his records are durable, and these belong to it.</summary>
    private static async Task<TResult> TraceAsync<TResult>(Type record, int count, Func<Task<TResult>> publish)
    {
        using var span = Tracing.Source.StartActivity($"outbox {record.Name}", ActivityKind.Producer);
        span?.SetTag("busingest.records", count);
        try
        {
            return await publish();
        }
        catch (Exception exception)
        {
            span.Fail(exception);
            throw;
        }
    }

    private Coalescer<TRecord> Coalescer<TRecord>() =>
        _coalescers.TryGetValue(typeof(TRecord), out var coalescer)
            ? (Coalescer<TRecord>)coalescer
            : throw new InvalidOperationException($"{typeof(TRecord).Name} has no message to travel in; register it with AddChunk.");
}
