using System.Collections.Concurrent;

namespace BusIngest.Support.Timers;

/// <summary>What clients were promised about timers, and what nobody knows.</summary>
public sealed class TimerLedger
{
    private readonly ConcurrentDictionary<string, PostedTimer> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _unknown = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, byte> _cancelled = new();
    private readonly ConcurrentDictionary<Guid, byte> _perhapsCancelled = new();
    private readonly ConcurrentQueue<string> _violations = new();

    /// <summary>Timers whose 201 was read to its end.</summary>
    public ICollection<PostedTimer> Acknowledged => _acknowledged.Values;

    /// <summary>Names of webhooks whose timer was sent and not acknowledged: there is one, or none.</summary>
    public ICollection<string> Unknown => _unknown.Keys;

    /// <summary>Timers whose DELETE was answered with 200.</summary>
    public ICollection<Guid> Cancelled => _cancelled.Keys;

    /// <summary>Timers whose DELETE was sent, with an outcome that nobody knows.</summary>
    public ICollection<Guid> PerhapsCancelled => _perhapsCancelled.Keys;

    /// <summary>Answers that are never right, as text.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>How many timers were acknowledged.</summary>
    public int Count => _acknowledged.Count;

    /// <summary>To be called before a timer leaves.</summary>
    public void Sending(string name) => _unknown.TryAdd(name, 0);

    /// <summary>To be called once its 201 was read to its end.</summary>
    public void Acknowledge(PostedTimer timer)
    {
        _acknowledged[timer.Name] = timer;
        _unknown.TryRemove(timer.Name, out _);
    }

    /// <summary>To be called when a timer was refused, and so was never set.</summary>
    public void Refuse(string name) => _unknown.TryRemove(name, out _);

    /// <summary>To be called before a DELETE leaves.</summary>
    public void Cancelling(Guid id) => _perhapsCancelled.TryAdd(id, 0);

    /// <summary>To be called once the answer to a DELETE is there.</summary>
    public void EndCancelling(Guid id, bool done)
    {
        if (done)
            _cancelled.TryAdd(id, 0);
        _perhapsCancelled.TryRemove(id, out _);
    }

    /// <summary>Notes an answer that is never right.</summary>
    public void Violate(string what) => _violations.Enqueue(what);

    /// <summary>Returns when so many more timers are acknowledged than now.</summary>
    public Task WaitForMoreAsync(int more, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var wanted = Count + more;
        return Eventually.BecomesAsync(
            $"{wanted} timers are acknowledged", _ => Task.FromResult(Count), count => count >= wanted, deadline, cancellationToken);
    }

    /// <inheritdoc />
    public override string ToString() =>
        $"{Count} timers acknowledged, {_unknown.Count} unknown, {_cancelled.Count} cancelled, {_perhapsCancelled.Count} perhaps cancelled";
}
