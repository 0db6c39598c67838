using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>Looks at how a server keeps what it is given: when it becomes the master, and every few seconds, as all of this can be changed while it runs.</summary>
internal static class ServerSettings
{
    /// <summary>Reads the server's settings and judges them.</summary>
    /// <exception cref="RedisUnavailableException">It does not answer.</exception>
    public static async Task<ServerVerdict> JudgeAsync(RedisConnection connection, RedisOptions options, CancellationToken deadline)
    {
        Dictionary<string, string> settings;
        try
        {
            settings = await ReadAsync(connection, deadline);
        }
        catch (RedisServerException exception)
        {
            return new ServerVerdict(
                null,
                $"Redis at {connection.Endpoint} does not show its configuration ({exception.Message}); it must have appendonly yes, appendfsync always and maxmemory-policy noeviction.");
        }

        var verdict = Judge(connection.Endpoint, settings, options);
        return options.MustKeep || verdict.Refusal is null ? verdict : new ServerVerdict(null, null);
    }

    private static ServerVerdict Judge(string endpoint, Dictionary<string, string> settings, RedisOptions options)
    {
        if (Is(settings, "appendonly", "no"))
            return Refuse($"Redis at {endpoint} keeps no append-only file: killed and restarted, it would come back empty, and so would its replicas. Set appendonly yes and appendfsync always.");
        if (settings.TryGetValue("maxmemory-policy", out var policy) && !Is(settings, "maxmemory-policy", "noeviction"))
            return Refuse($"Redis at {endpoint} has maxmemory-policy {policy}: when its memory is full it evicts what it has confirmed. Set maxmemory-policy noeviction.");
        if (!settings.TryGetValue("appendfsync", out var appendFsync) || Is(settings, "appendfsync", "always"))
            return default;

        return options.UseSentinel
            ? new ServerVerdict(
                null,
                $"Redis at {endpoint} has appendfsync {appendFsync}: restarted at once after a kill, it may lose confirmed writes, and its replicas with it. Set appendfsync always.")
            : Refuse($"Redis at {endpoint} is alone and has appendfsync {appendFsync}: it would lose what it has confirmed. Set appendfsync always.");
    }

    private static ServerVerdict Refuse(string reason) => new(reason, null);

    private static async Task<Dictionary<string, string>> ReadAsync(RedisConnection connection, CancellationToken deadline)
    {
        try
        {
            string[] names = ["appendonly", "appendfsync", "maxmemory-policy"];
            var answers = await Task.WhenAll(names.Select(name => connection.SendAsync("CONFIG", "GET", name))).WaitAsync(deadline);
            return Pairs(answers.Select(answer => answer.Items()).Where(pair => pair.Length == 2).Select(pair => (pair[0].Text(), pair[1].Text())));
        }
        catch (RedisServerException)
        {
            // A hosted server, say, that keeps its configuration to itself.
            var info = (await connection.SendAsync("INFO").WaitAsync(deadline)).Text();
            return Pairs(info.Split('\n').Select(line => line.Trim().Split(':', 2)).Where(pair => pair.Length == 2).SelectMany(OfInfo));
        }
    }

    private static IEnumerable<(string, string)> OfInfo(string[] pair) => pair switch
    {
        ["aof_enabled", var on] => [("appendonly", on is "1" ? "yes" : "no")],
        ["maxmemory_policy", var policy] => [("maxmemory-policy", policy)],
        _ => [],
    };

    private static Dictionary<string, string> Pairs(IEnumerable<(string Name, string Value)> pairs) =>
        pairs.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase);

    private static bool Is(Dictionary<string, string> settings, string name, string value) =>
        settings.TryGetValue(name, out var given) && string.Equals(given, value, StringComparison.OrdinalIgnoreCase);
}
