using BusIngest.Bus.Inbox;

namespace BusIngest.Bus.Outbox;

/// <summary>Hands a message at rest on to where it is durable without us: to the broker, or to a stream.</summary>
internal interface IMessageForwarder
{
    /// <summary>Completes when the message is durable there. Sent again under the same id, it has its effect once.</summary>
    /// <param name="entry">The message: records of a registered format, or a whole envelope; for one endpoint, or for all that subscribe.</param>
    /// <param name="deadline">Ends the wait: the outcome is then unknown, and the message is to be sent again.</param>
    Task ForwardAsync(InboxEntry entry, CancellationToken deadline);
}
