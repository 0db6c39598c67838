using System.Collections.Concurrent;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;

namespace BusIngest.Integration.Redis;

/// <summary>A bus that a relay hands messages to, as the test steers it.</summary>
internal sealed class RecordingForwarder : IMessageForwarder
{
    private readonly ConcurrentQueue<Guid> _begun = new();
    private readonly ConcurrentQueue<Guid> _done = new();

    /// <summary>What stands between the two; nothing by default. It may throw.</summary>
    public Func<InboxEntry, CancellationToken, Task> Work { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What was handed over, each time.</summary>
    public IReadOnlyCollection<Guid> Begun => _begun;

    /// <summary>What it has taken.</summary>
    public IReadOnlyCollection<Guid> Done => _done;

    public async Task ForwardAsync(InboxEntry entry, CancellationToken deadline)
    {
        _begun.Enqueue(entry.MessageId);
        await Work(entry, deadline);
        _done.Enqueue(entry.MessageId);
    }
}
