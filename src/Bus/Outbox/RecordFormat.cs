using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BusIngest.Bus.Outbox;

/// <summary>Records that are accepted together, and delivered each as a message of its own: events of sagas.</summary>
internal sealed class RecordFormat<TRecord>(JsonTypeInfo<TRecord> json, JsonTypeInfo<TRecord[]> array) : ChunkFormat(typeof(TRecord), typeof(TRecord))
    where TRecord : class
{
    /// <summary>A row is in flight until its last record is consumed, so that larger ones would only be more uneven.</summary>
    private const int MaxRecords = 64;

    /// <summary>Each is a message under an id that follows from its row's.</summary>
    public override bool TravelsTogether => false;

    public override void Check(JsonElement record) => Check(record, json);

    public override IReadOnlyList<object> CreateMessages(int count, byte[] records) =>
        JsonSerializer.Deserialize(records, array) ?? throw new JsonException("The row holds no array.");

    public override object CreateCoalescer(IOutboxLane lane, OutboxOptions options, TimeProvider time) => new Coalescer<TRecord>(
        Name, json, lane, options with { MaxChunkRecords = Math.Min(MaxRecords, options.MaxChunkRecords) }, time);
}
