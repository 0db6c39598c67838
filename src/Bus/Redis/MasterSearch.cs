using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Redis;

/// <summary>Makes sure of the master in use, or finds one: behind Sentinel the server that the Sentinels name and that itself says `master`.</summary>
internal sealed class MasterSearch : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a busy server's pauses; who waits for a write has a shorter deadline of its own.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Connecting, and finding out why it can't be done.</summary>
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(2);

    /// <summary>A connection that lasts no longer is none to build upon.</summary>
    private static readonly TimeSpan FlappingWithin = TimeSpan.FromSeconds(2);

    private readonly RedisOptions _options;
    private readonly MasterState _state;
    private readonly TimeProvider _time;
    private readonly Sentinels _sentinels;
    private readonly MasterTrust _trust;
    private readonly Backoff _pauses = new(FirstPause, LongestPause);
    private long _adoptedAt;

    public MasterSearch(RedisOptions options, MasterState state, TimeProvider time, ILogger logger)
    {
        (_options, _state, _time) = (options, state, time);
        _sentinels = new Sentinels(options, state.Hear, time);
        _trust = new MasterTrust(options, state, time, logger);
    }

    /// <summary>How long to wait before the next try, when none was found.</summary>
    public TimeSpan TakePause() => _pauses.Take();

    /// <summary>Looks once.</summary>
    /// <returns>Whether there is a master in use.</returns>
    public async Task<bool> FindAsync(CancellationToken cancellationToken)
    {
        var current = _state.Current;
        var reasons = new List<string>();
        if (_state.Named is { } named)
        {
            // The news names it, so nobody is asked.
            if (current is not null)
                _state.Drop(current, $"Redis at {current.Endpoint} is no longer the master.");
            current = null;
            if (await TryAdoptAsync(named, [], reasons, cancellationToken))
                return true;
        }
        else if (current is null && _pauses.Next > FirstPause && _time.GetElapsedTime(_adoptedAt) < FlappingWithin)
        {
            // One that lets go as soon as it is connected to is not connected to again at once.
            await Task.Delay(_pauses.Take(), _time, cancellationToken);
        }

        var answers = await _sentinels.AskAsync(cancellationToken);
        if (current is not null)
        {
            if (await IsStillMasterAsync(current, answers, cancellationToken))
                return true;
            _state.Drop(current, $"Redis at {current.Endpoint} does not answer, or is no longer the master.");
        }

        foreach (var candidate in Candidates(answers))
        {
            if (await TryAdoptAsync(candidate, answers, reasons, cancellationToken))
                return true;
        }

        if (answers.Length == 0 && _sentinels.Trouble is { Length: > 0 } trouble)
            reasons.Add(trouble);
        if (reasons.Count > 0)
            _state.Explain(string.Join(' ', reasons.Distinct(StringComparer.Ordinal)));
        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _sentinels.Dispose();

    private async Task<bool> IsStillMasterAsync(MasterInUse master, SentinelAnswer[] answers, CancellationToken cancellationToken)
    {
        var connection = master.Connection;
        if (_sentinels.NameAnother(master.Endpoint, answers))
            return false;
        if (connection.Lost.IsCompleted || await connection.WhyNoMasterAsync(master.Replicas, Patience, _time, cancellationToken) is not null)
            return false;

        _sentinels.Note(master.Endpoint, answers);
        master.Replicas.Note(Sentinels.Overtaking(master.Endpoint, answers));
        _trust.WarnOfPriorities(Sentinels.UnequalPriorities(master.Endpoint, answers));
        if (_sentinels.VouchFor(master.Endpoint, answers))
            master.Replicas.Forget();
        _state.Confirm();
        if (_time.GetElapsedTime(_adoptedAt) > FlappingWithin)
            _pauses.Reset();
        await _trust.JudgeInTimeAsync(connection, cancellationToken);
        return true;
    }

    private IEnumerable<string> Candidates(SentinelAnswer[] answers)
    {
        if (!_options.UseSentinel)
            return [RedisAddress.Format(_options.Host, _options.Port)];

        var named = answers.Select(answer => answer.Endpoint);
        return answers.Length == 0 && _state.Endpoint is { } known ? [known] : named.Distinct(StringComparer.Ordinal);
    }

    private async Task<bool> TryAdoptAsync(string endpoint, SentinelAnswer[] answers, List<string> reasons, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectPatience, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        RedisConnection? connection = null;
        try
        {
            connection = await RedisConnection.OpenAsync(endpoint, _options.Access, deadline.Token);
            var replicas = _state.ReplicasOf(endpoint);
            if (await connection.WhyNoMasterAsync(replicas, Patience, _time, deadline.Token) is { } reason)
            {
                reasons.Add(reason);
                return false;
            }

            // One that it does not name any more may have been promoted while we did not look.
            replicas.Note(Sentinels.Promotable(endpoint, answers));
            await _trust.JudgeAsync(connection, deadline.Token);
            _adoptedAt = _time.GetTimestamp();
            _state.Adopt(new MasterInUse(Interlocked.Exchange(ref connection, null)!, replicas));
            return true;
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
}
