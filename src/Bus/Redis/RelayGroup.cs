using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>The outbox's stream as one relay of the group sees it, over a connection of its own, as its reads block.</summary>
/// <param name="connection">The connection.</param>
/// <param name="relay">The relay's name in the group.</param>
internal sealed class RelayGroup(RedisConnection connection, string relay)
{
    /// <summary>In one step: the entries of a consumer that is deleted while it holds some would never be handed on.</summary>
    private const string RemoveRelays = """
        for _, found in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
          local relay = {}
          for i = 1, #found, 2 do relay[found[i]] = found[i + 1] end
          if relay.pending == 0 and (relay.name == ARGV[2] or relay.idle > tonumber(ARGV[3])) then
            redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], relay.name)
          end
        end
        """;

    /// <summary>Makes the group, and the stream, unless they are there: a new master may have neither.</summary>
    public async Task CreateAsync(CancellationToken deadline)
    {
        try
        {
            await connection.SendAsync("XGROUP", "CREATE", RedisKeys.Outbox, OutboxStream.Group, "0", "MKSTREAM").WaitAsync(deadline);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // It is there.
        }
    }

    /// <summary>Waits for entries that no relay has had, and takes them.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="wait">How long it waits for the first.</param>
    /// <param name="deadline">Ends the wait for the answer.</param>
    public async Task<List<StreamEntry>> ReadAsync(int limit, TimeSpan wait, CancellationToken deadline)
    {
        var streams = await connection
            .SendAsync("XREADGROUP", "GROUP", OutboxStream.Group, relay, "COUNT", limit, "BLOCK", (long)wait.TotalMilliseconds, "STREAMS", RedisKeys.Outbox, ">")
            .WaitAsync(deadline);
        return streams.IsNull ? [] : StreamEntry.ReadAll(streams.Items()[0].Items()[1]);
    }

    /// <summary>Takes over entries that have lain in the hands of a relay for a time: it is dead.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="untouched">The time.</param>
    /// <param name="cursor">Where to go on; `0-0` at the start.</param>
    /// <param name="deadline">Ends the wait.</param>
    /// <returns>The entries, and where to go on.</returns>
    public async Task<(List<StreamEntry> Entries, string Cursor)> ClaimAsync(int limit, TimeSpan untouched, string cursor, CancellationToken deadline)
    {
        var answer = await connection
            .SendAsync("XAUTOCLAIM", RedisKeys.Outbox, OutboxStream.Group, relay, (long)untouched.TotalMilliseconds, cursor, "COUNT", limit)
            .WaitAsync(deadline);
        return answer.Items() is [var next, var entries, ..] ? (StreamEntry.ReadAll(entries), next.Text()) : ([], cursor);
    }

    /// <summary>The ids of entries that the server counts as this relay's, the oldest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="deadline">Ends the wait.</param>
    public async Task<List<string>> PendingAsync(int limit, CancellationToken deadline)
    {
        var pending = await connection.SendAsync("XPENDING", RedisKeys.Outbox, OutboxStream.Group, "-", "+", limit, relay).WaitAsync(deadline);
        return [.. pending.Items().Select(entry => entry.Items()[0].Text())];
    }

    /// <summary>Takes entries that this relay should have, once more.</summary>
    public async Task<List<StreamEntry>> TakeAgainAsync(IEnumerable<string> ids, CancellationToken deadline) =>
        StreamEntry.ReadAll(await connection.SendAsync("XCLAIM", [RedisKeys.Outbox, OutboxStream.Group, relay, 0, .. ids]).WaitAsync(deadline));

    /// <summary>Lets the others know that entries are in good hands.</summary>
    public Task KeepAsync(IEnumerable<string> ids, CancellationToken deadline) => connection
        .SendAsync("XCLAIM", [RedisKeys.Outbox, OutboxStream.Group, relay, 0, .. ids, "IDLE", 0, "JUSTID"])
        .WaitAsync(deadline);

    /// <summary>Takes a relay, and those that have long been gone, out of the group, as far as they hold nothing.</summary>
    public static Task RemoveAsync(RedisConnection connection, string relay, TimeSpan gone, CancellationToken deadline) => connection
        .SendAsync("EVAL", RemoveRelays, 1, RedisKeys.Outbox, OutboxStream.Group, relay, (long)gone.TotalMilliseconds)
        .WaitAsync(deadline);
}
