using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>Looks at how the master keeps what it is given, when it comes into use and every few seconds, and says whether it is trusted.</summary>
internal sealed class MasterTrust(RedisOptions options, MasterState state, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private long _judgedAt;
    private string? _warning;
    private bool _hasWarnedOfPriorities;

    /// <summary>Judges a server before it is taken in use.</summary>
    /// <exception cref="RedisUnavailableException">It does not answer.</exception>
    public async Task JudgeAsync(RedisConnection connection, CancellationToken deadline)
    {
        var verdict = await ServerSettings.JudgeAsync(connection, options, deadline);
        _judgedAt = time.GetTimestamp();
        if (verdict.Warning is { } warning && !string.Equals(warning, _warning, StringComparison.Ordinal))
            logger.LogWarning("{Warning}", warning);
        _warning = verdict.Warning;
        state.Refuse(verdict.Refusal);
    }

    /// <summary>Warns, once until it is mended, of replicas that a Sentinel prefers whatever they have.</summary>
    /// <param name="priorities">Those that differ; empty: none do.</param>
    public void WarnOfPriorities(IReadOnlyList<int> priorities)
    {
        if (priorities.Count > 0 && !_hasWarnedOfPriorities)
        {
            logger.LogWarning(
                "The replicas of Redis have different priorities ({Priorities}): a Sentinel promotes by them first, and what was confirmed may be lost. Give all servers the same replica-priority, or 0 to those that must never be promoted",
                string.Join(", ", priorities));
        }

        _hasWarnedOfPriorities = priorities.Count > 0;
    }

    /// <summary>Judges the master in use again, when it is time; what can't be found out now is looked at again.</summary>
    public async Task JudgeInTimeAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_judgedAt) < Interval)
            return;

        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await JudgeAsync(connection, deadline.Token);
        }
        catch (Exception exception) when (exception is RedisUnavailableException or RedisServerException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            state.Suspect(connection);
        }
    }
}
