using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BusIngest.Bus.Outbox;

/// <summary>Writes records as JSON, separated by commas. Packers are pooled, as each keeps its buffer.</summary>
internal sealed class RecordPacker : IDisposable
{
    private const int LargestKeptBuffer = 1 << 20;
    private static readonly ConcurrentBag<RecordPacker> Pool = [];

    private ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    private RecordPacker() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>What is packed.</summary>
    public ReadOnlySpan<byte> Packed => _buffer.WrittenSpan;

    /// <summary>How many records are packed.</summary>
    public int Count { get; private set; }

    public static RecordPacker Rent() => Pool.TryTake(out var packer) ? packer : new RecordPacker();

    /// <summary>Gives the packer back.</summary>
    public void Dispose()
    {
        if (_buffer.Capacity > LargestKeptBuffer)
            _buffer = new ArrayBufferWriter<byte>(1024);
        Pool.Add(this);
    }

    /// <summary>Packs as many records as a chunk may hold, from <paramref name="first"/> on, and forgets earlier ones.</summary>
    public void Pack<TRecord>(IReadOnlyList<TRecord> records, int first, JsonTypeInfo<TRecord> type, OutboxOptions options)
    {
        _buffer.ResetWrittenCount();
        Count = 0;
        for (var i = first; i < records.Count && Count < options.MaxChunkRecords && _buffer.WrittenCount < options.MaxChunkBytes; i++)
        {
            if (Count > 0)
                _buffer.Write(","u8);
            _json.Reset(_buffer);
            JsonSerializer.Serialize(_json, records[i], type);
            _json.Flush();
            Count++;
        }
    }
}
