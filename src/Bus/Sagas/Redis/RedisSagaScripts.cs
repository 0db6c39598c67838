namespace BusIngest.Bus.Sagas.Redis;

/// <summary>
/// What is written in one step. A saga's hash has: v version, s state, d document, m the last message, p and ps document and state before
/// it, q place in the order of creation, c and u when it was created and changed, in Unix ms; x once it is deleted.
/// </summary>
internal static class RedisSagaScripts
{
    /// <summary>
    /// Writes a saga that is at the expected version; answers 1, or 0 when it is not. A message that has written already and comes again expects
    /// the version that it has made, and writes in its own place.
    /// KEYS: hash, all, seq, history, and what is followed by a state. ARGV: expected version, message, state, document, now, id, event, transitions kept.
    /// </summary>
    public const string Save = """
        local old = redis.call('HMGET', KEYS[1], 'v', 'm', 's', 'q', 'x', 'd')
        local there = old[1] and not old[5]
        local version = there and old[1] or '0'
        local again = there and old[2] == ARGV[2]
        if version ~= ARGV[1] then return 0 end
        local seq = old[4]
        if again then
          redis.call('HSET', KEYS[1], 's', ARGV[3], 'd', ARGV[4], 'u', ARGV[5])
        else
          if not there then
            redis.call('DEL', KEYS[1], KEYS[4])
            seq = redis.call('INCR', KEYS[3])
            redis.call('HSET', KEYS[1], 'q', seq, 'c', ARGV[5])
            redis.call('ZADD', KEYS[2], seq, ARGV[6])
          end
          redis.call('HSET', KEYS[1], 'v', version + 1, 'm', ARGV[2], 's', ARGV[3], 'd', ARGV[4], 'u', ARGV[5],
            'p', there and old[6] or '', 'ps', there and old[3] or '')
        end
        local before = there and old[3] or 'Initial'
        if before ~= ARGV[3] then
          if there then redis.call('ZREM', KEYS[5] .. before, ARGV[6]) end
          if not again then
            redis.call('RPUSH', KEYS[4], cjson.encode({ version = version + 1, event = ARGV[7], messageId = ARGV[2], from = before, to = ARGV[3], at = tonumber(ARGV[5]) }))
            redis.call('LTRIM', KEYS[4], -tonumber(ARGV[8]), -1)
          end
        end
        redis.call('ZADD', KEYS[5] .. ARGV[3], seq, ARGV[6])
        return 1
        """;

    /// <summary>
    /// Deletes a saga that is at the expected version; answers 1, or 0 when it is not. What it was before stays for a time, for the message that deletes it.
    /// KEYS as with <see cref="Save"/>. ARGV: expected version, message, now, id, for how long it stays in ms.
    /// </summary>
    public const string Delete = """
        local old = redis.call('HMGET', KEYS[1], 'v', 'm', 's', 'd', 'x')
        if old[5] then return old[2] == ARGV[2] and old[1] == ARGV[1] and 1 or 0 end
        if not old[1] or old[1] ~= ARGV[1] then return 0 end
        redis.call('ZREM', KEYS[2], ARGV[4])
        redis.call('ZREM', KEYS[5] .. old[3], ARGV[4])
        if old[2] ~= ARGV[2] then
          redis.call('HSET', KEYS[1], 'v', old[1] + 1, 'm', ARGV[2], 'p', old[4], 'ps', old[3])
        end
        redis.call('HSET', KEYS[1], 'x', '1', 'd', '', 'u', ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[5])
        redis.call('DEL', KEYS[4])
        return 1
        """;
}
