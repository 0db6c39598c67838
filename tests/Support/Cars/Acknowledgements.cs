using System.Collections.Concurrent;

namespace BusIngest.Support.Cars;

/// <summary>What clients were promised: the ids that were acknowledged, and those whose outcome nobody knows.</summary>
public sealed class Acknowledgements
{
    private readonly ConcurrentDictionary<Guid, byte> _acknowledged = new();
    private readonly ConcurrentDictionary<Guid, byte> _unknown = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private int _refusals;
    private long _longestWaitTicks;

    /// <summary>Ids whose 202 was read to its end: stored exactly once in the end.</summary>
    public ICollection<Guid> Acknowledged => _acknowledged.Keys;

    /// <summary>Ids that were sent and not acknowledged: stored once or not at all.</summary>
    public ICollection<Guid> Unknown => _unknown.Keys;

    /// <summary>How many ids were acknowledged.</summary>
    public int Count => _acknowledged.Count;

    /// <summary>How many requests were answered with 503 and Retry-After.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    /// <summary>The longest time that a client waited for a 202, or for a 503 with Retry-After.</summary>
    public TimeSpan LongestWait => TimeSpan.FromTicks(Volatile.Read(ref _longestWaitTicks));

    /// <summary>Answers that are never right, as text.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>To be called before the ids leave: from now on they may be stored.</summary>
    public void Sending(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
        {
            if (!_acknowledged.ContainsKey(id))
                _unknown.TryAdd(id, 0);
        }
    }

    /// <summary>To be called once their 202 was read to its end.</summary>
    public void Acknowledge(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
        {
            _acknowledged.TryAdd(id, 0);
            _unknown.TryRemove(id, out _);
        }
    }

    /// <summary>Notes a 503 with Retry-After.</summary>
    public void Refuse() => Interlocked.Increment(ref _refusals);

    /// <summary>Notes how long the answer to a request took.</summary>
    public void Waited(TimeSpan time)
    {
        long longest;
        do
        {
            longest = Volatile.Read(ref _longestWaitTicks);
        }
        while (time.Ticks > longest && Interlocked.CompareExchange(ref _longestWaitTicks, time.Ticks, longest) != longest);
    }

    /// <summary>Notes an answer that is never right.</summary>
    public void Violate(string what) => _violations.Enqueue(what);

    /// <summary>Returns when so many more ids are acknowledged than now.</summary>
    public Task WaitForMoreAsync(int more, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var wanted = Count + more;
        return Eventually.BecomesAsync(
            $"{wanted} cars are acknowledged", _ => Task.FromResult(Tally()), tally => tally.Acknowledged >= wanted, deadline, cancellationToken);
    }

    /// <summary>Returns when so many more requests were refused than now.</summary>
    public Task WaitForRefusalsAsync(int more, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var wanted = Refusals + more;
        return Eventually.BecomesAsync(
            $"{wanted} requests are refused with 503", _ => Task.FromResult(Tally()), tally => tally.Refused >= wanted, deadline, cancellationToken);
    }

    /// <summary>Ids of unknown outcome, to be sent once more.</summary>
    public IReadOnlyList<Guid> SomeUnknown(int most) => _unknown.Take(most).Select(static pair => pair.Key).ToList();

    /// <summary>Acknowledged ids, to be sent once more.</summary>
    public IReadOnlyList<Guid> SomeAcknowledged(int most) => _acknowledged.Take(most).Select(static pair => pair.Key).ToList();

    private AcknowledgementTally Tally() =>
        new(Count, Refusals, _violations.Count, _violations.TryPeek(out var first) ? first : "none");
}
