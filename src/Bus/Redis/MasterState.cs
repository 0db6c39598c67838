using BusIngest.Bus.Outbox;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Redis;

/// <summary>Which master is in use, and why none is; what was last heard of it. Thread-safe.</summary>
internal sealed class MasterState(TimeProvider time, ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private MasterInUse? _current;
    private MasterInUse? _last;
    private bool _suspected;
    private string? _known;
    private string? _named;
    private string _reason = "Redis is not connected yet.";
    private string? _refusal;

    /// <summary>The master in use, or the last one known; null when none was.</summary>
    public string? Endpoint
    {
        get
        {
            lock (_gate)
                return _known;
        }
    }

    /// <summary>The last time that another server became the master; null when none did since the start.</summary>
    public MasterPromotion? LastPromotion { get; private set; }

    /// <summary>The master in use; null while there is none.</summary>
    public MasterInUse? Current
    {
        get
        {
            lock (_gate)
                return _current;
        }
    }

    /// <summary>The one that the Sentinels have announced and that is not in use yet; null when there is none.</summary>
    public string? Named
    {
        get
        {
            lock (_gate)
                return _named;
        }
    }

    /// <summary>Why the master in use is not trusted with what must not be lost; null when it is, and when there is none.</summary>
    public string? Refusal
    {
        get
        {
            lock (_gate)
                return _current is null ? null : _refusal;
        }
    }

    /// <summary>Why there is no master in use, or was none.</summary>
    public string Reason
    {
        get
        {
            lock (_gate)
                return _reason;
        }
    }

    /// <summary>Set when a master was found or is trusted again.</summary>
    public Pulse Returned { get; } = new();

    /// <summary>Set when there is reason to look again.</summary>
    public Pulse Stirred { get; } = new();

    /// <summary>What is known of the replicas of a server, from when it was last in use if no other one was since.</summary>
    public KnownReplicas ReplicasOf(string endpoint)
    {
        lock (_gate)
            return Same(_last?.Endpoint, endpoint) ? _last!.Replicas : new KnownReplicas(time);
    }

    /// <summary>Something went wrong on a connection that had been taken for the master's.</summary>
    public void Suspect(RedisConnection connection)
    {
        lock (_gate)
        {
            // Many writes fail together.
            if (_current?.Connection != connection || _suspected)
                return;
            _suspected = true;
        }

        Stirred.Set();
    }

    /// <summary>It was looked into, and is the master.</summary>
    public void Confirm()
    {
        lock (_gate)
            _suspected = false;
    }

    /// <summary>Takes a master in use.</summary>
    public void Adopt(MasterInUse master)
    {
        lock (_gate)
        {
            (_current, _last) = (master, master);
            _suspected = false;
            _named = null;
            Remember(master.Endpoint);
        }

        logger.LogInformation("The Redis master is {Master}", master.Endpoint);
        _ = master.Connection.Lost.ContinueWith(
            _ => Drop(master, $"The connection to Redis at {master.Endpoint} is lost."), TaskScheduler.Default);
        Returned.Set();
    }

    /// <summary>Takes a master out of use. What is under way on its connection fails.</summary>
    public void Drop(MasterInUse master, string reason)
    {
        lock (_gate)
        {
            if (_current != master)
                return;
            (_current, _reason) = (null, reason);
        }

        logger.LogWarning("{Reason}", reason);
        master.Connection.Dispose();
        Stirred.Set();
    }

    /// <summary>A Sentinel tells of a switch; so do the others, a little later.</summary>
    public void Hear(string endpoint)
    {
        lock (_gate)
        {
            if (Same(_named, endpoint) || Same(_current?.Endpoint, endpoint))
                return;
            _named = endpoint;
            Remember(endpoint);
        }

        logger.LogWarning("The Sentinels have made {Master} the Redis master", endpoint);
        Stirred.Set();
    }

    /// <summary>Says why no master is found.</summary>
    public void Explain(string reason)
    {
        lock (_gate)
            _reason = reason;
    }

    /// <summary>Says whether the master is trusted with what must not be lost: null when it is.</summary>
    public void Refuse(string? refusal)
    {
        lock (_gate)
        {
            if (string.Equals(_refusal, refusal, StringComparison.Ordinal))
                return;
            _refusal = refusal;
        }

        if (refusal is not null)
        {
            logger.LogWarning("{Refusal} Until then nothing that must not be lost is written there", refusal);
            return;
        }

        logger.LogInformation("Redis may be written to again");
        Returned.Set();
    }

    /// <inheritdoc />
    public void Dispose() => Current?.Connection.Dispose();

    /// <summary>Its owner locks.</summary>
    private void Remember(string endpoint)
    {
        if (_known is not null && !Same(_known, endpoint))
            LastPromotion = new MasterPromotion(_known, endpoint, time.GetUtcNow());
        _known = endpoint;
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);
}
