using BusIngest.Bus.Outbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>
/// Knows the master of this moment and holds the connection to it. Behind Sentinel it is the server that the Sentinels name and that itself
/// says `master`; news of a switch is obeyed at once. While no Sentinel answers, the known master goes on being used. Neither makes a
/// write durable: a master that was replaced without knowing finds no replica to confirm it.
/// </summary>
internal sealed class RedisMaster(RedisOptions options, TimeProvider time, ILogger<RedisMaster> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SearchPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Longer than a busy server's pauses; who waits for a write has a shorter deadline of its own.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Pulse _stirred = new();
    private readonly Sentinels _sentinels = new(options, time);
    private Task _running = Task.CompletedTask;
    private RedisConnection? _connection;
    private bool _suspected;
    private bool _disposed;
    private string? _known;
    private string? _named;
    private string _reason = "Redis is not connected yet.";

    /// <summary>The master in use as `host:port`, or the last one known; null when none was.</summary>
    public string? Endpoint
    {
        get
        {
            lock (_gate)
                return _known;
        }
    }

    /// <summary>The last time that another server became the master; null when none did since the start.</summary>
    public MasterPromotion? LastPromotion { get; private set; }

    /// <summary>Set when a master was found: the same again, or another.</summary>
    public Pulse Returned { get; } = new();

    /// <summary>Why there is no connection; null when there is one.</summary>
    public string? Unavailable
    {
        get
        {
            lock (_gate)
                return _connection is null ? _reason : null;
        }
    }

    /// <summary>The connection to the master.</summary>
    /// <exception cref="RedisUnavailableException">There is none at present.</exception>
    public RedisConnection Connection
    {
        get
        {
            lock (_gate)
                return _connection ?? throw new RedisUnavailableException(_reason);
        }
    }

    /// <summary>Something went wrong on a connection that had been taken for the master's: it is looked into at once.</summary>
    public void Suspect(RedisConnection connection)
    {
        lock (_gate)
        {
            // Many writes fail together.
            if (_connection != connection || _suspected)
                return;
            _suspected = true;
        }

        _stirred.Set();
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.UseSentinel)
            _sentinels.Listen(Hear);
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // The container knows it by two names.
        if (_disposed)
            return;
        _disposed = true;
        _stopping.Cancel();
        _sentinels.Dispose();
        _connection?.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var stirred = _stirred.Next;
            var found = await StepAsync(stirred);
            await Task.WhenAny(stirred, Task.Delay(found ? CheckInterval : SearchPause, time, _stopping.Token));
        }
    }

    /// <summary>Makes sure of the master, or looks for it; starts over when there is news meanwhile.</summary>
    private async Task<bool> StepAsync(Task stirred)
    {
        using var step = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var work = FindAsync(step.Token);
        if (await Task.WhenAny(work, stirred) != work)
            await step.CancelAsync();
        try
        {
            return await work;
        }
        catch (OperationCanceledException) when (step.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The search for the Redis master failed; trying again");
            return false;
        }
    }

    private async Task<bool> FindAsync(CancellationToken cancellationToken)
    {
        RedisConnection? connection;
        string? named;
        lock (_gate)
            (connection, named) = (_connection, _named);

        if (named is not null)
        {
            // The news names it, so nobody is asked.
            if (connection is not null)
                Drop(connection, $"Redis at {connection.Endpoint} is no longer the master.");
            if (await TryAdoptAsync(named, cancellationToken))
                return true;
        }

        var answers = await _sentinels.AskAsync(cancellationToken);
        if (named is null && connection is not null)
        {
            if (await IsStillMasterAsync(connection, answers, cancellationToken))
                return true;
            Drop(connection, $"Redis at {connection.Endpoint} does not answer, or is no longer the master.");
        }

        foreach (var candidate in Candidates(answers))
        {
            if (await TryAdoptAsync(candidate, cancellationToken))
                return true;
        }

        return false;
    }

    private async Task<bool> IsStillMasterAsync(RedisConnection connection, SentinelAnswer[] answers, CancellationToken cancellationToken)
    {
        if (_sentinels.NameAnother(connection.Endpoint, answers))
            return false;
        if (connection.Lost.IsCompleted || !await connection.IsMasterAsync(Patience, time, cancellationToken))
            return false;

        _sentinels.Note(connection.Endpoint, answers);
        lock (_gate)
            _suspected = false;
        return true;
    }

    private IEnumerable<string> Candidates(SentinelAnswer[] answers)
    {
        if (!options.UseSentinel)
            return [$"{options.Host}:{options.Port}"];

        var named = answers.Select(answer => answer.Endpoint);
        return answers.Length == 0 && Endpoint is { } known ? [known] : named.Distinct(StringComparer.Ordinal);
    }

    private async Task<bool> TryAdoptAsync(string endpoint, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        RedisConnection? connection = null;
        try
        {
            connection = await RedisConnection.OpenAsync(endpoint, deadline.Token);
            if (!await connection.IsMasterAsync(Patience, time, deadline.Token))
                Explain($"Redis at {endpoint} is not the master.");
            else if (await ServerSettings.RefuseAsync(connection, options, logger, deadline.Token) is { } refusal)
                Explain(refusal);
            else
                return Adopt(Interlocked.Exchange(ref connection, null)!);
        }
        catch (Exception exception) when (exception is RedisUnavailableException or RedisServerException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Explain($"Redis at {endpoint} does not answer.");
        }
        finally
        {
            connection?.Dispose();
        }

        return false;
    }

    private bool Adopt(RedisConnection connection)
    {
        lock (_gate)
        {
            _connection = connection;
            _suspected = false;
            _named = null;
            Remember(connection.Endpoint);
        }

        logger.LogInformation("The Redis master is {Master}", connection.Endpoint);
        _ = connection.Lost.ContinueWith(
            _ => Drop(connection, $"The connection to Redis at {connection.Endpoint} is lost."), TaskScheduler.Default);
        Returned.Set();
        return true;
    }

    /// <summary>Takes a connection out of use. What is under way on it fails.</summary>
    private void Drop(RedisConnection connection, string reason)
    {
        lock (_gate)
        {
            if (_connection != connection)
                return;
            _connection = null;
        }

        Explain(reason);
        connection.Dispose();
        _stirred.Set();
    }

    /// <summary>A Sentinel tells of a switch; so do the others, a little later.</summary>
    private void Hear(string endpoint)
    {
        lock (_gate)
        {
            if (string.Equals(_named, endpoint, StringComparison.Ordinal)
                || (_connection is not null && string.Equals(_connection.Endpoint, endpoint, StringComparison.Ordinal)))
            {
                return;
            }

            _named = endpoint;
            Remember(endpoint);
        }

        logger.LogWarning("The Sentinels have made {Master} the Redis master", endpoint);
        _stirred.Set();
    }

    /// <summary>Its owner locks.</summary>
    private void Remember(string endpoint)
    {
        if (_known is not null && !string.Equals(_known, endpoint, StringComparison.Ordinal))
            LastPromotion = new MasterPromotion(_known, endpoint, time.GetUtcNow());
        _known = endpoint;
    }

    private void Explain(string reason)
    {
        lock (_gate)
        {
            if (string.Equals(_reason, reason, StringComparison.Ordinal))
                return;
            _reason = reason;
        }

        logger.LogWarning("{Reason}", reason);
    }
}
