using System.Text.Json;

namespace BusIngest.Contracts.Events;

/// <summary>The fields of an event, as flags.</summary>
[Flags]
public enum EventField
{
    /// <summary>None of ours: it is passed over.</summary>
    Unknown = 0,

    /// <summary>`event_id`.</summary>
    EventId = 1,

    /// <summary>`account_id`.</summary>
    AccountId = 2,

    /// <summary>`user_id`.</summary>
    UserId = 4,

    /// <summary>`type`.</summary>
    Type = 8,

    /// <summary>`timestamp`.</summary>
    Timestamp = 16,

    /// <summary>`metadata`.</summary>
    Metadata = 32,

    /// <summary>All that an event must have.</summary>
    Required = EventId | AccountId | UserId | Type | Timestamp,
}

/// <summary>The fields' names in JSON.</summary>
public static class EventFields
{
    private static readonly EventField[] Required =
        [EventField.EventId, EventField.AccountId, EventField.UserId, EventField.Type, EventField.Timestamp];

    /// <summary>The field that the reader stands on.</summary>
    public static EventField Current(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return Find(reader.ValueSpan);

        try
        {
            return Find(JsonSerializer.SerializeToUtf8Bytes(reader.GetString()!).AsSpan()[1..^1]);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair; whatever it is, it is none of ours.
            return EventField.Unknown;
        }
    }

    /// <summary>The name of a field.</summary>
    public static string InJson(this EventField field) => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString());

    /// <summary>Required fields that are not among the given ones.</summary>
    public static IEnumerable<EventField> Missing(this EventField seen) => Required.Where(field => !seen.HasFlag(field));

    private static EventField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("type"u8) => EventField.Type,
        7 when name.SequenceEqual("user_id"u8) => EventField.UserId,
        8 when name.SequenceEqual("event_id"u8) => EventField.EventId,
        8 when name.SequenceEqual("metadata"u8) => EventField.Metadata,
        9 when name.SequenceEqual("timestamp"u8) => EventField.Timestamp,
        10 when name.SequenceEqual("account_id"u8) => EventField.AccountId,
        _ => EventField.Unknown,
    };
}
