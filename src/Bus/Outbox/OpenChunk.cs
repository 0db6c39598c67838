using System.Buffers;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Bus.Outbox;

/// <summary>A chunk that still takes records: a growing JSON array, and the callers who wait for it. Its owner locks.</summary>
internal sealed class OpenChunk(Guid messageId, int capacity) : IDisposable
{
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;
    private RecordTraces? _traces;

    /// <summary>The id of the message that it becomes.</summary>
    public Guid MessageId => messageId;

    /// <summary>How many records it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Completes for every caller when the chunk is durable.</summary>
    public Task Durable => _durable.Task;

    /// <summary>Whether records still fit; an empty chunk takes any.</summary>
    public bool Fits(int records, int bytes, OutboxOptions options) =>
        Count == 0 || (Count + records <= options.MaxChunkRecords && _length + bytes <= options.MaxChunkBytes);

    /// <summary>The spans that the records come from; null where nobody traces.</summary>
    public string? Trace => _traces?.ToString();

    /// <summary>Adds records, separated by commas.</summary>
    public void Append(int records, ReadOnlySpan<byte> packed)
    {
        _traces = RecordTraces.Note(_traces, Count);
        Reserve(packed.Length + 2);
        _buffer[_length++] = Count == 0 ? (byte)'[' : (byte)',';
        packed.CopyTo(_buffer.AsSpan(_length));
        _length += packed.Length;
        Count += records;
    }

    /// <summary>Ends the array; nothing may be added after it.</summary>
    public ReadOnlyMemory<byte> Close()
    {
        // Append left room for it.
        _buffer[_length++] = (byte)']';
        return _buffer.AsMemory(0, _length);
    }

    public void Succeed() => _durable.TrySetResult();

    public void Fail(Exception exception) => _durable.TrySetException(exception);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Reserve(int bytes)
    {
        if (_length + bytes <= _buffer.Length)
            return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + bytes));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
