namespace BusIngest.Bus.Redis;

/// <summary>
/// The replicas of a master that are to have a write: all that it has, and those that it had. A Sentinel may promote any of them, not only one that has
/// confirmed; and one that goes missing may just be on its way to being the master. Known by name, as one may come while another goes. Thread-safe.
/// </summary>
internal sealed class KnownReplicas(TimeProvider time)
{
    /// <summary>Longer than it takes, from a promotion on, until the Sentinels name the new master.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    /// <summary>How many must confirm a write behind Sentinel; at least one.</summary>
    public int Needed
    {
        get
        {
            lock (_gate)
                return Math.Max(1, _seen.Count);
        }
    }

    /// <summary>These are there, by the master's word or a Sentinel's.</summary>
    /// <param name="endpoints">Each as `host:port`.</param>
    public void Note(IEnumerable<string> endpoints)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            foreach (var endpoint in endpoints)
                _seen[endpoint] = now;
        }
    }

    /// <summary>
    /// Gives up those that have not been there for ten seconds. Only while the Sentinels name this master: as long as nobody can say, a missing one may
    /// have been promoted.
    /// </summary>
    public void Forget()
    {
        lock (_gate)
        {
            foreach (var (endpoint, seenAt) in _seen)
            {
                if (time.GetElapsedTime(seenAt) >= Grace)
                    _seen.Remove(endpoint);
            }
        }
    }
}
