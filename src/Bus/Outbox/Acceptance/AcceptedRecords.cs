using System.Collections.Concurrent;

namespace BusIngest.Bus.Outbox.Acceptance;

/// <summary>How many records this process has made durable since its start, by the name of the message that carries them.</summary>
internal sealed class AcceptedRecords
{
    private readonly ConcurrentDictionary<string, StrongBox> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts records that are durable.</summary>
    public void Add(string messageType, int records) => Interlocked.Add(ref _counts.GetOrAdd(messageType, static _ => new StrongBox()).Value, records);

    /// <summary>The counts of this moment.</summary>
    public IEnumerable<(string MessageType, long Records)> Read() => _counts.Select(pair => (pair.Key, Volatile.Read(ref pair.Value.Value)));

    private sealed class StrongBox
    {
        public long Value;
    }
}
