using System.Text.Json;

namespace BusIngest.Contracts.Events;

/// <summary>Reads chunks of events that were looked through when they were accepted.</summary>
public static class EventArray
{
    /// <summary>Reads all events of a JSON array.</summary>
    /// <param name="json">The array; the events refer to it.</param>
    /// <param name="expected">About how many there are.</param>
    /// <exception cref="JsonException">It is no array of events.</exception>
    public static IReadOnlyList<ReadEvent> Read(ReadOnlyMemory<byte> json, int expected)
    {
        var events = new List<ReadEvent>(expected);
        var reader = new Utf8JsonReader(json.Span, JsonOfAnyDepth.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("The chunk holds no array.");
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            events.Add(ReadOne(json, ref reader, events.Count));
        if (reader.TokenType != JsonTokenType.EndArray)
            throw new JsonException($"[{events.Count}] is no object.");
        return events;
    }

    private static ReadEvent ReadOne(ReadOnlyMemory<byte> json, ref Utf8JsonReader reader, int index)
    {
        var draft = new EventDraft(json);
        var seen = EventField.Unknown;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = EventFields.Current(ref reader);
            reader.Read();
            if (draft.Read(field, ref reader) is { } error)
                throw new JsonException($"[{index}].{field.InJson()} {error}");
            seen |= field;
        }

        return (seen & EventField.Required) == EventField.Required
            ? draft.Complete()
            : throw new JsonException($"[{index}] lacks {string.Join(", ", seen.Missing().Select(field => field.InJson()))}");
    }
}
