namespace BusIngest.Contracts.Events;

/// <summary>The event types' names, as clients write them.</summary>
public static class EventTypes
{
    private static readonly string[] Names = ["message_sent", "call_made", "form_submitted", "login", "custom"];

    /// <summary>How many there are.</summary>
    public const int Count = 5;

    /// <summary>All names, in the order of the types' numbers.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of a type.</summary>
    public static string Name(this EventType type) => Names[(int)type];
}
