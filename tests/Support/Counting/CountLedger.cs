using System.Collections.Concurrent;

namespace BusIngest.Support.Counting;

/// <summary>What was promised to be counted, and what nobody knows.</summary>
public sealed class CountLedger
{
    private readonly ConcurrentDictionary<Guid, Guid> _acknowledged = new();
    private readonly ConcurrentDictionary<Guid, Guid> _unknown = new();

    /// <summary>Events whose 202 came, with their counters.</summary>
    public IReadOnlyDictionary<Guid, Guid> Acknowledged => _acknowledged;

    /// <summary>Events that were sent and not acknowledged, with their counters.</summary>
    public IReadOnlyDictionary<Guid, Guid> Unknown => _unknown;

    /// <summary>To be called before events leave.</summary>
    public void Sending(IEnumerable<CountEvent> events)
    {
        foreach (var one in events)
            _unknown.TryAdd(one.EventId, one.CounterId);
    }

    /// <summary>To be called when their 202 is there.</summary>
    public void Acknowledge(IEnumerable<CountEvent> events)
    {
        foreach (var one in events)
        {
            _acknowledged.TryAdd(one.EventId, one.CounterId);
            _unknown.TryRemove(one.EventId, out _);
        }
    }

    /// <summary>Returns when so many more events are acknowledged than now.</summary>
    public Task WaitForMoreAsync(int more, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var wanted = _acknowledged.Count + more;
        return Eventually.BecomesAsync(
            $"{wanted} events are acknowledged", _ => Task.FromResult(_acknowledged.Count), count => count >= wanted, deadline, cancellationToken);
    }
}
