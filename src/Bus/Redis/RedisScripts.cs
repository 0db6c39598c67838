using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>
/// Runs scripts on the master for callers that can do without: an answer comes soon or not at all. After a failure the server is left alone for a
/// moment, so that one that hangs costs one caller its patience and not everybody theirs. What a script wrote may be lost with a failover.
/// </summary>
public sealed class RedisScripts
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly RedisMaster _master;
    private readonly TimeProvider _time;
    private readonly string _whatNow;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private long _awaySince;
    private bool _isAway;

    internal RedisScripts(RedisMaster master, TimeProvider time, string whatNow, ILogger logger)
    {
        _master = master;
        _time = time;
        _whatNow = whatNow;
        _logger = logger;
    }

    /// <summary>Runs a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="keys">The keys that it reads or writes, without the prefix that all of the program's have.</param>
    /// <param name="arguments">Strings, integers, byte arrays.</param>
    /// <param name="patience">How long to wait for the answer.</param>
    /// <returns>Its answer as a row of values; null when there is none in time, and whether it ran is unknown.</returns>
    public async Task<RedisValue[]?> TryRunAsync(RedisScript script, IReadOnlyList<string> keys, IReadOnlyList<object> arguments, TimeSpan patience)
    {
        if (IsPausing())
            return null;

        RedisConnection? connection = null;
        try
        {
            connection = _master.Connection;
            var answer = (RedisValue[]?)await RunAsync(connection, script, keys, arguments).WaitAsync(patience, _time);
            Returned();
            return answer;
        }
        catch (TimeoutException)
        {
            _master.Suspect(connection!);
            Away("it does not answer in time");
        }
        catch (Exception exception) when (exception is RedisUnavailableException or RedisServerException)
        {
            if (connection is not null)
                _master.Suspect(connection);
            Away(exception.Message);
        }

        return null;
    }

    private static async Task<RedisResult> RunAsync(
        RedisConnection connection, RedisScript script, IReadOnlyList<string> keys, IReadOnlyList<object> arguments)
    {
        object[] command = [script.Hash, keys.Count, .. keys.Select(key => RedisKeys.Prefix + key), .. arguments];
        try
        {
            return await connection.SendAsync("EVALSHA", command);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            command[0] = script.Text;
            return await connection.SendAsync("EVAL", command);
        }
    }

    private bool IsPausing()
    {
        lock (_gate)
            return _isAway && _time.GetElapsedTime(_awaySince) < Pause;
    }

    private void Away(string reason)
    {
        lock (_gate)
        {
            _awaySince = _time.GetTimestamp();
            if (_isAway)
                return;
            _isAway = true;
        }

        _logger.LogWarning("{WhatNow}: {Reason}", _whatNow, reason);
    }

    private void Returned()
    {
        // Read without the lock: whoever comes next sees it.
        if (!Volatile.Read(ref _isAway))
            return;
        lock (_gate)
        {
            if (!_isAway)
                return;
            _isAway = false;
        }

        _logger.LogInformation("Redis answers again");
    }
}
