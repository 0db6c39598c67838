using BusIngest.Bus.Outbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Redis;

/// <summary>
/// Knows the master of this moment and holds the connection to it. Behind Sentinel it is the server that the Sentinels name and that itself
/// says `master`; news of a switch is obeyed at once. While no Sentinel answers, the known master goes on being used. Neither makes a
/// write durable: a master that was replaced without knowing finds no replica to confirm it. The connection is kept for as long as it is good; tries for
/// another one are ever farther apart.
/// </summary>
internal sealed class RedisMaster(RedisOptions options, TimeProvider time, ILogger<RedisMaster> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>How often it is looked at how the master keeps what it is given.</summary>
    private static readonly TimeSpan SettingsInterval = TimeSpan.FromSeconds(5);

    /// <summary>Longer than a busy server's pauses; who waits for a write has a shorter deadline of its own.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Connecting, and finding out why it can't be done.</summary>
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(2);

    /// <summary>A connection that lasts no longer is none to build upon.</summary>
    private static readonly TimeSpan FlappingWithin = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Pulse _stirred = new();
    private readonly Sentinels _sentinels = new(options, time);
    private readonly Backoff _pauses = new(FirstPause, LongestPause);
    private long _adoptedAt;
    private long _judgedAt;
    private string? _warning;
    private Task _running = Task.CompletedTask;
    private RedisConnection? _connection;
    private bool _suspected;
    private bool _disposed;
    private string? _known;
    private string? _named;
    private string _reason = "Redis is not connected yet.";
    private string? _refusal;

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

    /// <summary>Why nothing can be written there, for want of a connection or by <see cref="Refusal"/>; null when it can.</summary>
    public string? Unavailable
    {
        get
        {
            lock (_gate)
                return _connection is null ? _reason : _refusal;
        }
    }

    /// <summary>Why the master is not trusted with what must not be lost, though it answers: an operator has to change it. Null when it is.</summary>
    public string? Refusal
    {
        get
        {
            lock (_gate)
                return _connection is null ? null : _refusal;
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

    /// <summary>The connection to the master, for what must not be lost.</summary>
    /// <exception cref="RedisUnavailableException">There is none at present, or it would not keep it.</exception>
    public RedisConnection DurableConnection
    {
        get
        {
            lock (_gate)
                return _connection is null || _refusal is not null ? throw new RedisUnavailableException(_refusal ?? _reason) : _connection;
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
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            await Task.WhenAny(stirred, Task.Delay(found ? CheckInterval : _pauses.Take(), time, pause.Token));
            await pause.CancelAsync();
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

        var reasons = new List<string>();
        if (named is not null)
        {
            // The news names it, so nobody is asked.
            if (connection is not null)
                Drop(connection, $"Redis at {connection.Endpoint} is no longer the master.");
            if (await TryAdoptAsync(named, reasons, cancellationToken))
                return true;
        }
        else if (connection is null && _pauses.Next > FirstPause && time.GetElapsedTime(_adoptedAt) < FlappingWithin)
        {
            // One that lets go as soon as it is connected to is not connected to again at once.
            await Task.Delay(_pauses.Take(), time, cancellationToken);
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
            if (await TryAdoptAsync(candidate, reasons, cancellationToken))
                return true;
        }

        if (answers.Length == 0 && _sentinels.Trouble is { Length: > 0 } trouble)
            reasons.Add(trouble);
        if (reasons.Count > 0)
            Explain(string.Join(' ', reasons.Distinct(StringComparer.Ordinal)));
        return false;
    }

    private async Task<bool> IsStillMasterAsync(RedisConnection connection, SentinelAnswer[] answers, CancellationToken cancellationToken)
    {
        if (_sentinels.NameAnother(connection.Endpoint, answers))
            return false;
        if (connection.Lost.IsCompleted || await connection.WhyNoMasterAsync(Patience, time, cancellationToken) is not null)
            return false;

        _sentinels.Note(connection.Endpoint, answers);
        lock (_gate)
            _suspected = false;
        if (time.GetElapsedTime(_adoptedAt) > FlappingWithin)
            _pauses.Reset();
        if (time.GetElapsedTime(_judgedAt) >= SettingsInterval)
            await JudgeAsync(connection, cancellationToken);
        return true;
    }

    /// <summary>Looks at how the server keeps what it is given; what can't be found out now is looked at again.</summary>
    private async Task JudgeAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            Take(await ServerSettings.JudgeAsync(connection, options, deadline.Token));
        }
        catch (Exception exception) when (exception is RedisUnavailableException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Suspect(connection);
        }
    }

    private void Take(ServerVerdict verdict)
    {
        _judgedAt = time.GetTimestamp();
        if (verdict.Warning is { } warning && !string.Equals(warning, _warning, StringComparison.Ordinal))
            logger.LogWarning("{Warning}", warning);
        _warning = verdict.Warning;
        string? before;
        lock (_gate)
            (before, _refusal) = (_refusal, verdict.Refusal);
        if (string.Equals(before, verdict.Refusal, StringComparison.Ordinal))
            return;

        if (verdict.Refusal is { } refusal)
        {
            logger.LogWarning("{Refusal} Until then nothing that must not be lost is written there", refusal);
            return;
        }

        logger.LogInformation("Redis may be written to again");
        Returned.Set();
    }

    private IEnumerable<string> Candidates(SentinelAnswer[] answers)
    {
        if (!options.UseSentinel)
            return [RedisAddress.Format(options.Host, options.Port)];

        var named = answers.Select(answer => answer.Endpoint);
        return answers.Length == 0 && Endpoint is { } known ? [known] : named.Distinct(StringComparer.Ordinal);
    }

    private async Task<bool> TryAdoptAsync(string endpoint, List<string> reasons, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectPatience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        RedisConnection? connection = null;
        try
        {
            connection = await RedisConnection.OpenAsync(endpoint, options.Access, deadline.Token);
            if (await connection.WhyNoMasterAsync(Patience, time, deadline.Token) is { } reason)
            {
                reasons.Add(reason);
            }
            else
            {
                Take(await ServerSettings.JudgeAsync(connection, options, deadline.Token));
                return Adopt(Interlocked.Exchange(ref connection, null)!);
            }
        }
        catch (RedisUnavailableException exception)
        {
            reasons.Add(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            reasons.Add($"Redis at {endpoint} does not answer.");
        }
        finally
        {
            connection?.Dispose();
        }

        return false;
    }

    private bool Adopt(RedisConnection connection)
    {
        _adoptedAt = time.GetTimestamp();
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
