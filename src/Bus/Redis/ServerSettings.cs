using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>Looks at how a server keeps what it is given, once for each connection to it.</summary>
internal static class ServerSettings
{
    /// <summary>Says why nothing on this server would be durable; null when it may be used.</summary>
    /// <exception cref="RedisUnavailableException">It does not answer.</exception>
    public static async Task<string?> RefuseAsync(RedisConnection connection, RedisOptions options, ILogger logger, CancellationToken deadline)
    {
        string appendOnly, appendFsync;
        try
        {
            appendOnly = await ReadAsync(connection, "appendonly", deadline);
            appendFsync = await ReadAsync(connection, "appendfsync", deadline);
        }
        catch (RedisServerException exception)
        {
            logger.LogWarning("Redis at {Master} does not show its configuration ({Reason}); it must have appendonly yes and appendfsync always", connection.Endpoint, exception.Message);
            return null;
        }

        if (!Is(appendOnly, "yes"))
            return $"Redis at {connection.Endpoint} keeps no append-only file: killed and restarted, it would come back empty, and so would its replicas. Set appendonly yes and appendfsync always.";
        if (Is(appendFsync, "always"))
            return null;
        if (!options.UseSentinel)
            return $"Redis at {connection.Endpoint} is alone and has appendfsync {appendFsync}: it would lose what it has confirmed. Set appendfsync always.";

        logger.LogWarning("Redis at {Master} has appendfsync {AppendFsync}: restarted at once after a kill, it may lose confirmed writes, and its replicas with it. Set appendfsync always", connection.Endpoint, appendFsync);
        return null;
    }

    private static async Task<string> ReadAsync(RedisConnection connection, string name, CancellationToken deadline) =>
        (await connection.SendAsync("CONFIG", "GET", name).WaitAsync(deadline)).Items() is [_, var value] ? value.Text() : "";

    private static bool Is(string value, string wanted) => string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase);
}
