namespace BusIngest.Bus.Delivery;

/// <summary>The mark that an endpoint has consumed a message: a row of the table `consumed_messages`.</summary>
internal sealed class ConsumedMessage
{
    /// <summary>The message.</summary>
    public Guid MessageId { get; init; }

    /// <summary>Who consumed it.</summary>
    public required string Endpoint { get; init; }

    /// <summary>When; marks go after <see cref="Inbox.InboxOptions.MarkRetention"/>.</summary>
    public DateTimeOffset ConsumedAt { get; init; }
}
