using BusIngest.Bus.Redis;

namespace BusIngest.Api.Limits;

/// <summary>The same sums as in memory, in Redis and by its clock: all charges of a request in one script, made together or not at all.</summary>
internal static class LimitScript
{
    /// <summary>
    /// Answers the milliseconds to wait, 0 when the charges were made, and for each key what is left and the milliseconds until more comes back.
    /// ARGV: for each key its span (60, or 86400 for a calendar day), quota and units. A minute is a hash: u units in all, o and n the first and last
    /// second in it, and for each second its units × 1,000 + the milliseconds of the last one. A day is a number.
    /// </summary>
    public static RedisScript Take { get; } = new("""
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local midnight = (math.floor(now / 86400000) + 1) * 86400000
        local wait, windows = 0, {}
        for i, key in ipairs(KEYS) do
          local w = { day = ARGV[3 * i - 2] == '86400', quota = tonumber(ARGV[3 * i - 1]), units = tonumber(ARGV[3 * i]), used = 0, reset = 0, wait = 0 }
          if w.day then
            w.used = tonumber(redis.call('GET', key) or 0)
            if w.used > 0 then w.reset = midnight - now end
            if w.used + w.units > w.quota then w.wait = midnight - now end
          else
            local head = redis.call('HMGET', key, 'u', 'o', 'n')
            if head[1] then
              w.used, w.first, w.last = tonumber(head[1]), tonumber(head[2]), tonumber(head[3])
              while w.first <= w.last do
                local step = tonumber(redis.call('HGET', key, w.first) or 0)
                if step > 0 then
                  w.reset = w.first * 1000 + step % 1000 + 60000 - now
                  if w.reset > 0 then break end
                  w.used = w.used - math.floor(step / 1000)
                  redis.call('HDEL', key, w.first)
                end
                w.first = w.first + 1
              end
              if w.first > w.last then
                redis.call('DEL', key)
                w.used, w.reset, w.first, w.last = 0, 0, nil, nil
              elseif w.first ~= tonumber(head[2]) then
                redis.call('HSET', key, 'u', w.used, 'o', w.first)
              end
            end
            local excess = w.used + w.units - w.quota
            if excess > 0 then
              w.wait = 60000
              for second = w.first or 1, w.last or 0 do
                local step = tonumber(redis.call('HGET', key, second) or 0)
                if step > 0 then
                  excess = excess - math.floor(step / 1000)
                  w.wait = second * 1000 + step % 1000 + 60000 - now
                  if excess <= 0 then break end
                end
              end
            end
          end
          if w.wait > wait then wait = w.wait end
          windows[i] = w
        end
        if wait == 0 then
          for i, key in ipairs(KEYS) do
            local w = windows[i]
            w.used = w.used + w.units
            if w.day then
              redis.call('INCRBY', key, w.units)
              redis.call('PEXPIREAT', key, midnight)
              w.reset = midnight - now
            else
              local second, ms = math.floor(now / 1000), now % 1000
              if w.last and second < w.last then second, ms = w.last, 0 end
              local step = tonumber(redis.call('HGET', key, second) or 0)
              if step % 1000 > ms then ms = step % 1000 end
              redis.call('HSET', key, second, (math.floor(step / 1000) + w.units) * 1000 + ms, 'u', w.used, 'o', w.first or second, 'n', second)
              redis.call('PEXPIRE', key, 61000)
              if not w.first or w.first == second then w.reset = second * 1000 + ms + 60000 - now end
            end
          end
        end
        local answer = { wait }
        for i, w in ipairs(windows) do
          answer[2 * i] = math.max(0, w.quota - w.used)
          answer[2 * i + 1] = w.reset
        end
        return answer
        """);
}
