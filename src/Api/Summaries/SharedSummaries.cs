using System.Text.Json;
using BusIngest.Bus.Redis;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Summaries;

/// <summary>
/// Summaries that any process has read, in Redis. Each bears the account's mark of the moment before it was read; whoever stores events sets another mark, so that a
/// summary from before is not taken any more. Both go by themselves.
/// </summary>
/// <param name="redis">Where they are.</param>
/// <param name="options">For how long.</param>
internal sealed class SharedSummaries(RedisScripts redis, SummaryOptions options)
{
    /// <summary>What is logged with the reason, once each time that Redis goes.</summary>
    public const string WhileAway = "Summaries are each process' own for now, as Redis does not help";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly RedisScript Find = new("""
        local mark = redis.call('GET', KEYS[1]) or ''
        local kept = redis.call('HMGET', KEYS[2], 'mark', 'body')
        if kept[1] == mark then return { mark, kept[2] } end
        return { mark }
        """);

    private static readonly RedisScript Keep = new("""
        if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return {} end
        redis.call('HSET', KEYS[2], 'mark', ARGV[1], 'body', ARGV[2])
        redis.call('PEXPIRE', KEYS[2], ARGV[3])
        return {}
        """);

    /// <summary>The key of an account's mark.</summary>
    public static string Mark(string accountId) => $"summary-mark:{accountId}";

    /// <summary>Gives a summary, and keeps it if it had to be read.</summary>
    public async Task<AccountSummary> GetAsync(string accountId, string window, bool fresh, Func<Task<AccountSummary>> read)
    {
        string[] keys = [Mark(accountId), $"summary:{window}:{accountId}"];
        var found = options.MaxAge > TimeSpan.Zero ? await redis.TryRunAsync(Find, keys, [], Patience) : null;
        if (!fresh && found is [_, { IsNull: false } body])
            return JsonSerializer.Deserialize((byte[])body!, SummaryJson.Default.AccountSummary)!;

        var value = await read();
        if (found is [var mark, ..])
            await redis.TryRunAsync(Keep, keys, [(byte[])mark!, Write(value), (long)options.MaxAge.TotalMilliseconds], Patience);
        return value;

        static byte[] Write(AccountSummary summary) => JsonSerializer.SerializeToUtf8Bytes(summary, SummaryJson.Default.AccountSummary);
    }
}
