namespace BusIngest.Bus.Redis;

/// <summary>The Sentinels of a master: who they say it is, and since which failover that is known to be so.</summary>
internal sealed class Sentinels(RedisOptions options, TimeProvider time) : IDisposable
{
    private SentinelLink[] _links = [];
    private long _epoch;

    /// <summary>Why some of them name no master, each in its own words; empty when all do.</summary>
    public string Trouble => string.Join(' ', _links.Select(link => link.Trouble).OfType<string>());

    /// <summary>Connects to them.</summary>
    /// <param name="heard">Told of each switch that one of them announces.</param>
    public void Listen(Action<string> heard) =>
        _links = [.. options.SentinelHosts.Select(host => new SentinelLink(host, options, heard, time))];

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

    /// <summary>Notes that the master was found to be the one that they name.</summary>
    public void Note(string endpoint, SentinelAnswer[] answers)
    {
        foreach (var answer in answers)
        {
            if (IsEndpoint(answer, endpoint))
                _epoch = Math.Max(_epoch, answer.Epoch);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var link in _links)
            link.Dispose();
    }

    private static bool IsEndpoint(SentinelAnswer answer, string endpoint) => string.Equals(answer.Endpoint, endpoint, StringComparison.Ordinal);
}
