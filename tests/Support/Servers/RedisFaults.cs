namespace BusIngest.Support.Servers;

/// <summary>What a Redis server may answer to anything, whatever the reason.</summary>
public static class RedisFaults
{
    /// <summary>Error replies as they are on the wire, without the dash.</summary>
    public static IReadOnlyList<string> Errors { get; } =
    [
        "ERR unknown command",
        "ERR max number of clients reached",
        "LOADING Redis is loading the dataset in memory",
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
        "OOM command not allowed when used memory > 'maxmemory'.",
        "MISCONF Errors writing to the AOF file: No space left on device",
        "READONLY You can't write against a read only replica.",
        "NOREPLICAS Not enough good replicas to write.",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "NOAUTH Authentication required.",
        "WRONGPASS invalid username-password pair or user is disabled.",
        "NOPERM User default has no permissions to run the command",
        "NOSCRIPT No matching script. Please use EVAL.",
        "NOGROUP No such key 'busingest:outbox' or consumer group 'relay'",
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "CLUSTERDOWN The cluster is down",
        "TRYAGAIN Multiple keys request during rehashing of slot",
        "UNBLOCKED the stream key no longer exists",
        "DENIED Redis is running in protected mode",
        "EXECABORT Transaction discarded because of previous errors.",
    ];
}
