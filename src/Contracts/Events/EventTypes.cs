using System.Text.Json;

namespace BusIngest.Contracts.Events;

/// <summary>The event types' names, as clients write them.</summary>
public static class EventTypes
{
    /// <summary>How many there are.</summary>
    public const int Count = 5;

    private static readonly string[] Names = ["message_sent", "call_made", "form_submitted", "login", "custom"];

    /// <summary>All names, in the order of the types' numbers.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>All names in one text.</summary>
    public static string Listed { get; } = string.Join(", ", Names);

    /// <summary>The name of a type.</summary>
    public static string Name(this EventType type) => Names[(int)type];

    /// <summary>The name of a type in UTF-8.</summary>
    public static ReadOnlySpan<byte> Utf8Name(this EventType type) => type switch
    {
        EventType.MessageSent => "message_sent"u8,
        EventType.CallMade => "call_made"u8,
        EventType.FormSubmitted => "form_submitted"u8,
        EventType.Login => "login"u8,
        EventType.Custom => "custom"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such type."),
    };

    /// <summary>Reads the name that the reader stands on.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, out EventType type)
    {
        type = default;
        if (reader.TokenType != JsonTokenType.String)
            return false;

        for (; (int)type < Count; type++)
        {
            if (reader.ValueTextEquals(type.Utf8Name()))
                return true;
        }

        return false;
    }
}
