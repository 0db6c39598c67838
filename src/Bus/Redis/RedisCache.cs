using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>
/// Things that every process may want at once, before they are to be read from the database. It only ever helps: what goes wrong is
/// logged now and then, and looks like a value that is not there.
/// </summary>
public sealed class RedisCache
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);

    private readonly RedisMaster _master;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisCache> _logger;
    private readonly Lock _gate = new();
    private long _lastLog;
    private int _silent;

    internal RedisCache(RedisMaster master, TimeProvider time, ILogger<RedisCache> logger)
    {
        _master = master;
        _time = time;
        _logger = logger;
    }

    /// <summary>Keeps a value, if it can be done within 200 ms.</summary>
    /// <param name="key">The key, which begins with what it is for: `timer:…`.</param>
    /// <param name="value">The value.</param>
    /// <param name="lifetime">When it is to be forgotten, 1 ms or more.</param>
    /// <param name="cancellationToken">Ends the wait, without an exception.</param>
    public Task SetAsync(string key, byte[] value, TimeSpan lifetime, CancellationToken cancellationToken) =>
        TryAsync("SET", [RedisKeys.Cache + key, value, "PX", (long)lifetime.TotalMilliseconds], cancellationToken);

    /// <summary>Looks for a value, for 200 ms at most; null when there is none.</summary>
    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        await TryAsync("GET", [RedisKeys.Cache + key], cancellationToken) is { IsNull: false } value ? value.Bytes() : null;

    private async Task<RedisResult?> TryAsync(string command, object[] arguments, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _master.Connection.SendAsync(command, arguments).WaitAsync(deadline.Token);
        }
        catch (Exception exception) when (exception is RedisUnavailableException or RedisServerException or OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested)
                Log(exception);
            return null;
        }
    }

    private void Log(Exception exception)
    {
        int silent;
        lock (_gate)
        {
            if (_lastLog != 0 && _time.GetElapsedTime(_lastLog) < LogInterval)
            {
                _silent++;
                return;
            }

            _lastLog = _time.GetTimestamp();
            (silent, _silent) = (_silent, 0);
        }

        _logger.LogWarning("The cache is of no help: {Reason} (and {Count} times before)", exception.Message, silent);
    }
}
