using BusIngest.Bus;
using BusIngest.Bus.Redis;
using StackExchange.Redis;

namespace BusIngest.Api.Commands;

/// <summary>Empties the program's streams in Redis and deletes its other keys. Streams stay, with the groups that read them.</summary>
/// <param name="options">Where Redis is.</param>
internal sealed class CleanRedis(RedisOptions options) : ICleanTarget
{
    private const string Pattern = BusInventory.RedisPrefix + "*";
    private const int ScanCount = 1_000;
    private const int TimeoutMs = 5_000;

    /// <inheritdoc />
    public string Name => options.UseSentinel
        ? $"Redis {options.SentinelMasterName} of {string.Join(", ", options.SentinelHosts)}"
        : $"Redis {RedisAddress.Format(options.Host, options.Port)}";

    /// <inheritdoc />
    public Task<CleanStock> CountAsync(CancellationToken cancellationToken) => WithMasterAsync(async redis =>
    {
        var (streams, others) = await KeysAsync(redis, cancellationToken);
        var items = new List<CleanItem>();
        foreach (var stream in streams)
            items.Add(new CleanItem(stream, (long)await redis.ExecuteAsync("XLEN", stream), "entries"));
        items.AddRange(others.GroupBy(Kind, StringComparer.Ordinal).Select(kind => new CleanItem(kind.Key, kind.Count(), "keys")));
        return new CleanStock(items);
    });

    /// <inheritdoc />
    public Task CleanAsync(CancellationToken cancellationToken) => WithMasterAsync(async redis =>
    {
        var (streams, others) = await KeysAsync(redis, cancellationToken);
        foreach (var stream in streams)
            await redis.ExecuteAsync("XTRIM", stream, "MAXLEN", 0);
        foreach (var some in others.Chunk(ScanCount))
            await redis.ExecuteAsync("UNLINK", [.. some.Cast<object>()]);
        return true;
    });

    /// <summary>`busingest:cache:x` is one of `busingest:cache:*`.</summary>
    private static string Kind(string key) =>
        key.IndexOf(':', BusInventory.RedisPrefix.Length) is > 0 and var end ? $"{key[..(end + 1)]}*" : key;

    private static async Task<(List<string> Streams, List<string> Others)> KeysAsync(IDatabase redis, CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "0";
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = (RedisResult[])(await redis.ExecuteAsync("SCAN", cursor, "MATCH", Pattern, "COUNT", ScanCount))!;
            cursor = (string)page[0]!;
            keys.UnionWith((string[])page[1]!);
        }
        while (cursor is not "0");

        var (streams, others) = (new List<string>(), new List<string>());
        foreach (var key in keys.Order(StringComparer.Ordinal))
            ((string?)await redis.ExecuteAsync("TYPE", key) is "stream" ? streams : others).Add(key);
        return (streams, others);
    }

    private async Task<T> WithMasterAsync<T>(Func<IDatabase, Task<T>> work)
    {
        try
        {
            using var connection = await ConnectAsync(await MasterAsync(), options.Access, CommandMap.Default);
            return await work(connection.GetDatabase());
        }
        catch (Exception exception) when (exception is RedisConnectionException or RedisServerException or TimeoutException)
        {
            throw new CommandException($"{Name}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private async Task<string> MasterAsync()
    {
        if (!options.UseSentinel)
            return RedisAddress.Format(options.Host, options.Port);

        foreach (var sentinel in options.SentinelHosts)
        {
            try
            {
                using var connection = await ConnectAsync(sentinel, options.SentinelAccess, CommandMap.Sentinel);
                var server = connection.GetServer(connection.GetEndPoints()[0]);
                var master = await server.SentinelMasterAsync(options.SentinelMasterName);
                var fields = master.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
                return RedisAddress.Format(fields["ip"], int.Parse(fields["port"], System.Globalization.CultureInfo.InvariantCulture));
            }
            catch (Exception exception) when (exception is RedisConnectionException or RedisServerException or TimeoutException)
            {
                // Another one may answer.
            }
        }

        throw new CommandException($"{Name}: no Sentinel names the master");
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(string address, RedisAccess access, CommandMap commands) => ConnectionMultiplexer.ConnectAsync(access.Apply(new ConfigurationOptions
    {
        EndPoints = { RedisAddress.EndPoint(address) },
        AbortOnConnectFail = true,
        CommandMap = commands,
        ConnectTimeout = TimeoutMs,
        Protocol = RedisProtocol.Resp2,
        SyncTimeout = TimeoutMs,
        ConfigurationChannel = "",
        TieBreaker = "",
    }, address));
}
