using BusIngest.Bus.Copies;
using BusIngest.Bus.Sagas.Mongo;
using BusIngest.Bus.Storage;
using MongoDB.Bson;

namespace BusIngest.Bus.Mongo;

/// <summary>All that this program has in MongoDB. Documents of others in the same collections have no `seq` and no `version`.</summary>
/// <exception cref="StorageUnavailableException">MongoDB is out of reach.</exception>
public sealed class MongoStock
{
    private static readonly BsonDocument Ours = new()
    {
        { "seq", new BsonDocument("$exists", true) }, { "version", new BsonDocument("$exists", true) },
    };

    private readonly MongoServer _server;
    private readonly IReadOnlyList<string> _collections;

    internal MongoStock(MongoServer server, IEnumerable<ICopySource> sources)
    {
        _server = server;
        _collections = [.. sources.Select(source => source.Collection), MongoSagaFields.Collection];
    }

    /// <summary>How many documents are in each collection.</summary>
    public async Task<IReadOnlyList<(string Collection, long Documents)>> CountAsync(CancellationToken cancellationToken)
    {
        var counts = new List<(string, long)>();
        foreach (var name in _collections)
        {
            counts.Add((name, await _server.RunAsync(
                (database, deadline) => database.GetCollection<BsonDocument>(name).CountDocumentsAsync(Ours, options: null, deadline), cancellationToken)));
        }

        return counts;
    }

    /// <summary>Deletes them.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        foreach (var name in _collections)
        {
            await _server.RunAsync(
                (database, deadline) => database.GetCollection<BsonDocument>(name).DeleteManyAsync(Ours, deadline), cancellationToken);
        }
    }
}
