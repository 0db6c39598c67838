namespace BusIngest.Bus.Redis;

/// <summary>
/// How many replicas of a master are to have a write: all that it has, and for a time those that it had. A Sentinel may promote any of them,
/// not only one that has confirmed; and one that goes missing may just be on its way to being the master. Thread-safe.
/// </summary>
internal sealed class KnownReplicas
{
    /// <summary>Longer than a failover takes, from the promotion until the old master is told, or dropped.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private int _most;
    private long _seenAt;

    /// <summary>How many must confirm a write behind Sentinel; at least one.</summary>
    public int Needed
    {
        get
        {
            lock (_gate)
                return Math.Max(1, _most);
        }
    }

    /// <summary>The master has so many now.</summary>
    public void Note(int count, TimeProvider time)
    {
        lock (_gate)
        {
            if (count < _most && time.GetElapsedTime(_seenAt) < Grace)
                return;
            (_most, _seenAt) = (count, time.GetTimestamp());
        }
    }
}
