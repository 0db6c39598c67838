using System.Text.Json.Serialization;

namespace BusIngest.Contracts.Events;

/// <summary>How events are written in chunks and over HTTP.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcTimeConverter), typeof(EventTypeConverter)],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecordedEvent))]
[JsonSerializable(typeof(RecordedEvent[]))]
public sealed partial class EventsJson : JsonSerializerContext;
