namespace BusIngest.Bus.Redis;

/// <summary>Where Redis is, and what a write there has to wait for.</summary>
public sealed record RedisOptions
{
    /// <summary>The server's host, when it is alone.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The server's port, when it is alone, 1–65,535. Default 6379.</summary>
    public int Port { get; init; } = 6379;

    /// <summary>Whether Sentinels name the master. If not, the server is alone.</summary>
    public bool UseSentinel { get; init; }

    /// <summary>The Sentinels, each as `host:port`; without a port it is 26379.</summary>
    public IReadOnlyList<string> SentinelHosts { get; init; } = [];

    /// <summary>The name under which the Sentinels know the master. Default mymaster.</summary>
    public string SentinelMasterName { get; init; } = "mymaster";

    /// <summary>User, password and TLS of the servers.</summary>
    public RedisAccess Access { get; init; } = RedisAccess.Open;

    /// <summary>User, password and TLS of the Sentinels.</summary>
    public RedisAccess SentinelAccess { get; init; } = RedisAccess.Open;

    /// <summary>Whether messages or sagas are kept there, so that the server must not lose anything; if not, it may evict and forget. Default true.</summary>
    public bool MustKeep { get; init; } = true;

    /// <summary>How long a write may take, its replicas included, 200 ms–10 s. Default 400 ms,
    /// as the breaker waits no longer.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The most entries that wait in the outbox's stream before the lane refuses, 100–1,000,000; one holds up to a chunk
    /// (<see cref="Outbox.OutboxOptions.MaxChunkBytes"/>), so this bounds Redis' memory. Default 4,000: 1 GiB at the most.</summary>
    public int MaxStreamLength { get; init; } = 4_000;

    /// <summary>How many entries a relay hands on at once, 1–1,000. Default 64.</summary>
    public int RelayMaxInFlight { get; init; } = 64;

    /// <summary>For how long an entry must lie untouched in the hands of a relay before another takes it over: longer than the longest
    /// pause of a process that lives, 1 s–10 min. Default 10 s.</summary>
    public TimeSpan RelayClaimAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long handing on one entry may take before it is tried again, 1 s–10 min. Default 30 s.</summary>
    public TimeSpan RelayForwardTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long an entry may hold a place of the relay: what can't be handed on by then makes room for others and is taken up again
    /// later. 1 s–1 h. Default 60 s.</summary>
    public TimeSpan RelayHoldLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After how long an entry that nobody settles is given up, though no server is away: longer than a consumer's queue takes, 1 s–1 day. Default 5 min.</summary>
    public TimeSpan RelayGiveUpAfter { get; init; } = TimeSpan.FromMinutes(5);
}
