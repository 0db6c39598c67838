using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BusIngest.Bus.Outbox;

/// <summary>Writes records as JSON, separated by commas. Each thread keeps one that was given back, for its buffer.</summary>
internal sealed class RecordPacker : IDisposable
{
    private const int LargestKeptBuffer = 1 << 20;

    [ThreadStatic]
    private static RecordPacker? _spare;

    private ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    private RecordPacker() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>What is packed.</summary>
    public ReadOnlyMemory<byte> Packed => _buffer.WrittenMemory;

    /// <summary>How many records are packed.</summary>
    public int Count { get; private set; }

    public static RecordPacker Rent()
    {
        var packer = _spare ?? new RecordPacker();
        _spare = null;
        return packer;
    }

    /// <summary>Gives the packer back.</summary>
    public void Dispose()
    {
        if (_buffer.Capacity > LargestKeptBuffer)
            _buffer = new ArrayBufferWriter<byte>(1024);
        _spare = this;
    }

    /// <summary>Packs one record, and forgets earlier ones.</summary>
    public void Pack<TRecord>(TRecord record, JsonTypeInfo<TRecord> type)
    {
        _buffer.ResetWrittenCount();
        Write(record, type);
        Count = 1;
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
            Write(records[i], type);
            Count++;
        }
    }

    private void Write<TRecord>(TRecord record, JsonTypeInfo<TRecord> type)
    {
        _json.Reset(_buffer);
        JsonSerializer.Serialize(_json, record, type);
        _json.Flush();
    }
}
