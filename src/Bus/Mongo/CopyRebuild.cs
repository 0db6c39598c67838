using BusIngest.Bus.Copies;
using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Mongo;

/// <summary>Makes the copies anew: every document is written over whatever is there, and copies without a document are deleted.</summary>
public sealed class CopyRebuild
{
    private readonly IReadOnlyList<ICopySource> _sources;
    private readonly CopyFeeds _feeds;
    private readonly CopyLags _lags;
    private readonly MongoServer _server;
    private readonly DocumentCopier _copier;

    internal CopyRebuild(IEnumerable<ICopySource> sources, CopyFeeds feeds, CopyLags lags, MongoServer server, DocumentCopier copier)
    {
        _sources = [.. sources];
        (_feeds, _lags, _server, _copier) = (feeds, lags, server, copier);
    }

    /// <summary>Begins. What has begun is gone on with by whoever copies, after a crash too.</summary>
    /// <returns>How many documents there are, by collection.</returns>
    /// <exception cref="StorageUnavailableException">MongoDB, or the database, is out of reach, and nothing has begun.</exception>
    public async Task<IReadOnlyDictionary<string, long>> BeginAsync(CancellationToken cancellationToken)
    {
        await _server.PingAsync(cancellationToken);
        await _feeds.BeginAnewAsync([.. _sources.Select(source => source.Collection)], cancellationToken);
        return (await _lags.ReadAsync(cancellationToken)).ToDictionary(lag => lag.Collection, lag => lag.Documents, StringComparer.Ordinal);
    }

    /// <summary>Copies, as long as it is asked to and unless another process does.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _copier.RunAsync(cancellationToken);

    /// <summary>How many documents are still to be copied anew, by collection; a collection that is done is not among them.</summary>
    /// <exception cref="StorageUnavailableException">The database is out of reach.</exception>
    public async Task<IReadOnlyDictionary<string, long>> LeftAsync(CancellationToken cancellationToken)
    {
        var left = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var source in _sources)
        {
            if (await _feeds.FindAnewAsync(source.Collection, cancellationToken) is { } range)
                left[source.Collection] = await source.CountAsync(range, cancellationToken);
        }

        return left;
    }
}
