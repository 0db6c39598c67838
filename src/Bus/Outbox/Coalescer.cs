using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Bus.Outbox;

/// <summary>
/// Gathers the records of concurrent callers into chunks. While chunks are under way the next one fills; it leaves as soon as
/// there is room on the lane, on the thread pool's next turn: callers who are ready to run get on, a lone one waits for nobody.
/// </summary>
internal sealed class Coalescer<TRecord>(
    string messageType, JsonTypeInfo<TRecord> json, IOutboxLane lane, OutboxOptions options, TimeProvider time)
    : IThreadPoolWorkItem
{
    /// <summary>Two keep the lane busy: one is being written while the other waits for its turn.</summary>
    private const int MaxUnderWay = 2;

    private readonly KeyValuePair<string, object?>[] _durable = Tags(messageType, "durable");
    private readonly KeyValuePair<string, object?>[] _refused = Tags(messageType, "refused");

    private readonly Lock _gate = new();
    private OpenChunk? _open;
    private bool _leaving;
    private int _underWay;
    private int _overdue;
    private readonly Pulse _room = new();

    /// <summary>Adds a record and completes when it is durable. Costs a lone copy where there is room: callers share the chunk's task.</summary>
    public Task PublishAsync(TRecord record, CancellationToken cancellationToken) =>
        TryAppend(record, out var durable) ? durable.WaitAsync(cancellationToken) : PublishAsync([record], cancellationToken);

    /// <summary>Adds records and completes when they are durable.</summary>
    public async Task PublishAsync(IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        var chunks = new List<Task>(1);
        using (var packer = RecordPacker.Rent())
        {
            for (var next = 0; next < records.Count; next += packer.Count)
            {
                packer.Pack(records, next, json, options);
                chunks.Add((await AppendAsync(packer.Count, packer.Packed, cancellationToken)).Durable);
            }
        }

        // A send that takes too long fails its chunk, so this wait ends.
        foreach (var durable in chunks)
            await durable.WaitAsync(cancellationToken);
    }

    /// <summary>Adds records that are packed already, all to one chunk, and completes when they are durable.</summary>
    public async Task<OutboxReceipt> PublishAsync(int count, ReadOnlyMemory<byte> packed, CancellationToken cancellationToken)
    {
        var place = await AppendAsync(count, packed, cancellationToken);
        await place.Durable.WaitAsync(cancellationToken);
        return place.Receipt;
    }

    private async ValueTask<Place> AppendAsync(int count, ReadOnlyMemory<byte> packed, CancellationToken cancellationToken)
    {
        Place place;
        while (!TryAppend(count, packed.Span, out place, out var room))
        {
            try
            {
                await room.WaitAsync(options.AcceptTimeout, time, cancellationToken);
            }
            catch (TimeoutException exception)
            {
                throw TooSlow(exception);
            }
        }

        return place;
    }

    private bool TryAppend(TRecord record, [NotNullWhen(true)] out Task? durable)
    {
        using var packer = RecordPacker.Rent();
        packer.Pack(record, json);
        var appended = TryAppend(packer.Count, packer.Packed.Span, out var place, out _);
        durable = appended ? place.Durable : null;
        return appended;
    }

    private bool TryAppend(int count, ReadOnlySpan<byte> packed, out Place place, out Task room)
    {
        lock (_gate)
        {
            room = _room.Next;
            place = default;
            if (_overdue == MaxUnderWay)
            {
                place = new Place(Task.FromException(TooSlow(inner: null)), default);
                return true;
            }

            if (_open?.Fits(count, packed.Length, options) == false)
            {
                if (_underWay == MaxUnderWay)
                    return false;
                SendOpen();
            }

            _open ??= new OpenChunk(Guid.CreateVersion7(time.GetUtcNow()), packed.Length + 1024);
            place = new Place(_open.Durable, new OutboxReceipt(_open.MessageId, _open.Count));
            _open.Append(count, packed);
            if (_underWay < MaxUnderWay && !_leaving)
            {
                _leaving = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }

            return true;
        }
    }

    /// <summary>The thread pool's next turn: the open chunk leaves.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
        {
            _leaving = false;
            if (_open is not null && _underWay < MaxUnderWay)
                SendOpen();
        }
    }

    /// <summary>Sends the open chunk on its way. Called under the lock; the lane queues without blocking.</summary>
    private void SendOpen()
    {
        var chunk = _open!;
        _open = null;
        _underWay++;
        _ = SendAsync(chunk);
    }

    private async Task SendAsync(OpenChunk chunk)
    {
        // A chunk is of many callers; whoever's turn it was to send it is none of its concern.
        if (Activity.Current is not null)
            Activity.Current = null;

        using (chunk)
        {
            var begun = time.GetTimestamp();
            var sending = lane.SendAsync(
                new OutboxChunk(chunk.MessageId, messageType, chunk.Count, chunk.Close(), chunk.Trace), CancellationToken.None);
            try
            {
                await sending.WaitAsync(options.AcceptTimeout, time);
                chunk.Succeed();
                BusMetrics.OutboxDuration.Record(time.GetElapsedTime(begun).TotalSeconds, _durable);
            }
            catch (TimeoutException exception)
            {
                chunk.Fail(TooSlow(exception));
                BusMetrics.OutboxDuration.Record(time.GetElapsedTime(begun).TotalSeconds, _refused);
                CountOverdue(+1);
                // The lane still reads the buffer, and its answer, though nobody waits for it any more, must be observed.
                await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                CountOverdue(-1);
            }
            catch (Exception exception)
            {
                chunk.Fail(exception);
                BusMetrics.OutboxDuration.Record(time.GetElapsedTime(begun).TotalSeconds, _refused);
            }
        }

        MakeRoom();
    }

    /// <summary>While all that is under way is overdue, the lane hangs: whoever waits behind it is refused, and so is who comes.</summary>
    private void CountOverdue(int change)
    {
        OpenChunk? waiting = null;
        lock (_gate)
        {
            _overdue += change;
            if (_overdue == MaxUnderWay)
                (waiting, _open) = (_open, null);
        }

        waiting?.Fail(TooSlow(inner: null));
        waiting?.Dispose();
    }

    private void MakeRoom()
    {
        lock (_gate)
        {
            _underWay--;
            if (_open is not null)
                SendOpen();
        }

        _room.Set();
    }

    private static KeyValuePair<string, object?>[] Tags(string messageType, string outcome) =>
        [BusMetrics.Tag("workload", WorkloadNames.Of(typeof(TRecord))), BusMetrics.Tag("message", messageType), BusMetrics.Tag("outcome", outcome)];

    private OutboxUnavailableException TooSlow(Exception? inner) => new(
        $"The data could not be made durable within {options.AcceptTimeout.TotalMilliseconds:0} ms.", options.AcceptTimeout, inner);

    /// <summary>Where records are: in a chunk that is durable when the task completes.</summary>
    private readonly record struct Place(Task Durable, OutboxReceipt Receipt);
}
