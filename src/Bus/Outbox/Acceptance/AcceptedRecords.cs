using System.Collections.Concurrent;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Bus.Outbox.Acceptance;

/// <summary>How many records this process has made durable since its start, by the name of the message that carries them.</summary>
internal sealed class AcceptedRecords
{
    private readonly ConcurrentDictionary<string, Accepted> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts records that are durable.</summary>
    public void Add(string messageType, int records)
    {
        var accepted = _counts.GetOrAdd(messageType, static type => new Accepted(type));
        Interlocked.Add(ref accepted.Records, records);
        BusMetrics.OutboxRecords.Add(records, accepted.Tags);
    }

    /// <summary>The counts of this moment.</summary>
    public IEnumerable<(string MessageType, long Records)> Read() => _counts.Select(pair => (pair.Key, Volatile.Read(ref pair.Value.Records)));

    private sealed class Accepted(string messageType)
    {
        public readonly KeyValuePair<string, object?>[] Tags =
            [BusMetrics.Tag("workload", WorkloadNames.OfMessage(messageType)), BusMetrics.Tag("message", messageType)];

        public long Records;
    }
}
