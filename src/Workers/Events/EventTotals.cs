using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events;

/// <summary>How many events there were, by type.</summary>
/// <param name="MessageSent">Of type `message_sent`.</param>
/// <param name="CallMade">Of type `call_made`.</param>
/// <param name="FormSubmitted">Of type `form_submitted`.</param>
/// <param name="Login">Of type `login`.</param>
/// <param name="Custom">Of type `custom`.</param>
public readonly record struct EventTotals(long MessageSent, long CallMade, long FormSubmitted, long Login, long Custom)
{
    /// <summary>Events of all types.</summary>
    public long Sum => MessageSent + CallMade + FormSubmitted + Login + Custom;

    /// <summary>Events of one type.</summary>
    /// <param name="type">The type.</param>
    public long this[EventType type] => type switch
    {
        EventType.MessageSent => MessageSent,
        EventType.CallMade => CallMade,
        EventType.FormSubmitted => FormSubmitted,
        EventType.Login => Login,
        EventType.Custom => Custom,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such type."),
    };
}
