using System.Collections.Frozen;

namespace BusIngest.Bus.Inbox;

/// <summary>Somebody who waits for rows that one endpoint takes.</summary>
internal sealed class QueueListener(string endpoint, IEnumerable<string> messageTypes)
{
    private readonly FrozenSet<string> _messageTypes = messageTypes.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Set after such rows were added.</summary>
    public Pulse Appended { get; } = new();

    /// <summary>Hears of a row that was added: it is for the endpoint alone, or for all that subscribe to its type.</summary>
    public void Hear(InboxEntry entry)
    {
        if (entry.Endpoint is null ? _messageTypes.Contains(entry.MessageType) : string.Equals(entry.Endpoint, endpoint, StringComparison.Ordinal))
            Appended.Set();
    }
}
