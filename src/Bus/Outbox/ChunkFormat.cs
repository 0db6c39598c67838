using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Bus.Outbox;

/// <summary>How one kind of record is packed into rows, and these into messages.</summary>
internal abstract class ChunkFormat(Type recordType, Type messageType)
{
    /// <summary>The record.</summary>
    public Type RecordType { get; } = Noted(recordType, messageType);

    /// <summary>The message's name in tables and listings.</summary>
    public string Name => messageType.Name;

    /// <summary>Whether the records of several rows may be put together into one message.</summary>
    public abstract bool TravelsTogether { get; }

    /// <summary>Checks that a record can be read.</summary>
    /// <exception cref="JsonException">It can't.</exception>
    public abstract void Check(JsonElement record);

    /// <summary>Makes the messages of packed records.</summary>
    public abstract IReadOnlyList<object> CreateMessages(int count, byte[] records);

    /// <summary>Makes the coalescer for the record.</summary>
    public abstract object CreateCoalescer(IOutboxLane lane, OutboxOptions options, TimeProvider time);

    private protected static void Check<TRecord>(JsonElement record, JsonTypeInfo<TRecord> json)
    {
        if (record.Deserialize(json) is null)
            throw new JsonException("A record is an object.");
    }

    private static Type Noted(Type recordType, Type messageType)
    {
        WorkloadNames.Note(messageType);
        return recordType;
    }
}

/// <summary>Records that travel together all the way, in one message; those of several rows as well, unless its id has to stay.</summary>
internal sealed class ChunkFormat<TRecord, TMessage>(JsonTypeInfo<TRecord> json, Func<int, byte[], TMessage> create, bool keepsIds = false)
    : ChunkFormat(typeof(TRecord), typeof(TMessage))
    where TMessage : class
{
    public override bool TravelsTogether => !keepsIds;

    public override void Check(JsonElement record) => Check(record, json);

    public override IReadOnlyList<object> CreateMessages(int count, byte[] records) => [create(count, records)];

    public override object CreateCoalescer(IOutboxLane lane, OutboxOptions options, TimeProvider time) =>
        new Coalescer<TRecord>(Name, json, lane, options, time);
}
