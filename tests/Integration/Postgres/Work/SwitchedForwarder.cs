using System.Collections.Concurrent;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;

namespace BusIngest.Integration.Postgres.Work;

/// <summary>Counts what is sent, and refuses some of it.</summary>
internal sealed class SwitchedForwarder(IMessageForwarder inner) : IMessageForwarder
{
    private readonly ConcurrentDictionary<(Guid MessageId, string? Endpoint), int> _sent = new();

    /// <summary>Whether everything is refused.</summary>
    public bool IsAway { get; set; }

    /// <summary>What is refused besides.</summary>
    public Func<InboxEntry, bool> Refuses { get; set; } = _ => false;

    /// <summary>How often each message was sent.</summary>
    public IReadOnlyDictionary<(Guid MessageId, string? Endpoint), int> Sent => _sent;

    public async Task ForwardAsync(InboxEntry entry, CancellationToken deadline)
    {
        if (IsAway)
            throw new IOException("The broker is away.");
        if (Refuses(entry))
            throw new InvalidOperationException("The message is refused.");
        _sent.AddOrUpdate((entry.MessageId, entry.Endpoint), 1, (_, times) => times + 1);
        await inner.ForwardAsync(entry, deadline);
    }
}
