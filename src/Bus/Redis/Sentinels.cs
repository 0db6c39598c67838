namespace BusIngest.Bus.Redis;

/// <summary>The Sentinels of a master: who they say it is, and since which failover that is known to be so.</summary>
/// <param name="options">Where they are.</param>
/// <param name="heard">Told of each switch that one of them announces.</param>
/// <param name="time">The clock.</param>
internal sealed class Sentinels(RedisOptions options, Action<string> heard, TimeProvider time) : IDisposable
{
    private readonly SentinelLink[] _links =
        options.UseSentinel ? [.. options.SentinelHosts.Select(host => new SentinelLink(host, options, heard, time))] : [];

    private long _epoch;

    /// <summary>Why some of them name no master, each in its own words; empty when all do.</summary>
    public string Trouble => string.Join(' ', _links.Select(link => link.Trouble).OfType<string>());

    /// <summary>Asks all of them who the master is.</summary>
    /// <returns>What those say that answer, the most trustworthy first.</returns>
    public async Task<SentinelAnswer[]> AskAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(_links.Select(link => link.AskAsync(cancellationToken)));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. answers.OfType<SentinelAnswer>().OrderBy(answer => answer.IsDown).ThenByDescending(answer => answer.Epoch)];
    }

    /// <summary>Whether another one is the master by now. A Sentinel that was away may still name the one before; only a later failover counts.</summary>
    public bool NameAnother(string endpoint, SentinelAnswer[] answers) =>
        Array.Exists(answers, answer => answer.Epoch > _epoch && !answer.IsDown && !IsEndpoint(answer, endpoint));

    /// <summary>Whether most of them name it and see no reason for another: none was promoted more than a moment ago.</summary>
    public bool VouchFor(string endpoint, SentinelAnswer[] answers) =>
        answers.Count(answer => IsEndpoint(answer, endpoint) && answer is { IsDown: false, IsReplacing: false }) > _links.Length / 2;

    /// <summary>Notes that the master was found to be the one that they name.</summary>
    public void Note(string endpoint, SentinelAnswer[] answers)
    {
        foreach (var answer in answers)
        {
            if (IsEndpoint(answer, endpoint))
                _epoch = Math.Max(_epoch, answer.Epoch);
        }
    }

    /// <summary>The replicas of a master that could be promoted.</summary>
    public static IEnumerable<string> Promotable(string endpoint, SentinelAnswer[] answers) =>
        answers.Where(answer => IsEndpoint(answer, endpoint)).SelectMany(answer => answer.Replicas).Select(replica => replica.Endpoint);

    /// <summary>The replicas of a master that don't follow it, and would be promoted before those that do.</summary>
    public static IEnumerable<string> Overtaking(string endpoint, SentinelAnswer[] answers) =>
        answers.Where(answer => IsEndpoint(answer, endpoint)).SelectMany(answer => answer.Overtaking);

    /// <summary>The priorities of a master's replicas, where they are not all the same; else empty.</summary>
    public static IReadOnlyList<int> UnequalPriorities(string endpoint, SentinelAnswer[] answers)
    {
        int[] priorities = [.. answers.Where(answer => IsEndpoint(answer, endpoint)).SelectMany(answer => answer.Replicas).Select(replica => replica.Priority).Distinct().Order()];
        return priorities.Length > 1 ? priorities : [];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var link in _links)
            link.Dispose();
    }

    private static bool IsEndpoint(SentinelAnswer answer, string endpoint) => string.Equals(answer.Endpoint, endpoint, StringComparison.Ordinal);
}
