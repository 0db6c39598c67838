namespace BusIngest.Bus.Inbox;

/// <summary>How much of one message type was ever accepted: a row of the table `accepted`, counted with the message's own commit.</summary>
internal sealed class AcceptedMessages
{
    /// <summary>The message's name.</summary>
    public required string MessageType { get; init; }

    /// <summary>Messages accepted.</summary>
    public long Messages { get; init; }

    /// <summary>Records accepted, repeats included.</summary>
    public long Records { get; init; }
}
