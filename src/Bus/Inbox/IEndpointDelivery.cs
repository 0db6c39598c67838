namespace BusIngest.Bus.Inbox;

/// <summary>Brings a message of a queue to one endpoint.</summary>
internal interface IEndpointDelivery
{
    /// <summary>Sends, and waits for what becomes of it.</summary>
    /// <returns>True when the queue's row is not needed for this endpoint any more; false when the message has to be delivered again.</returns>
    /// <exception cref="OperationCanceledException">The process stops; the outcome is unknown.</exception>
    Task<bool> DeliverAsync(InboxMessage message, string endpoint, CancellationToken cancellationToken);
}
