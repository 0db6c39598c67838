using System.Text.Json;
using System.Text.Json.Serialization;

namespace BusIngest.Contracts.Events;

/// <summary>Writes event types by their names (<c>message_sent</c>).</summary>
public sealed class EventTypeConverter : JsonConverter<EventType>
{
    /// <inheritdoc />
    public override EventType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EventTypes.TryRead(ref reader, out var type) ? type : throw new JsonException($"must be one of {EventTypes.Listed}");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, EventType value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name());
}
