using BusIngest.Bus.Mongo;
using BusIngest.Bus.Sagas.Remote;
using BusIngest.Bus.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace BusIngest.Bus.Sagas.Mongo;

/// <summary>Lists the sagas that are kept in MongoDB. Of each, the last 50 changes of state are there.</summary>
/// <exception cref="StorageUnavailableException">MongoDB is out of reach.</exception>
public sealed class MongoSagas : IKeptSagas
{
    private readonly MongoServer _server;
    private readonly HashSet<string> _kinds;

    internal MongoSagas(MongoServer server, IEnumerable<RemoteSagaKind> kinds)
    {
        _server = server;
        _kinds = kinds.Where(kind => kind.Keeper == typeof(MongoSagas)).Select(kind => kind.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public bool Keeps(string kind) => _kinds.Contains(kind);

    /// <inheritdoc />
    public async Task<IReadOnlyList<(string State, long Count)>> CountAsync(
        string kind, IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        var counts = new List<(string, long)>();
        foreach (var state in states)
            counts.Add((state, await CountAsync(MongoSagaFields.Listed(kind).Set("state", state), cancellationToken)));
        return counts;
    }

    /// <inheritdoc />
    public Task<long> CountAsync(string kind, long last, CancellationToken cancellationToken) =>
        CountAsync(MongoSagaFields.Listed(kind).Set("seq", new BsonDocument("$lte", last)), cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<SagaInstance>> ListAsync(
        string kind, string? state, long? before, int limit, CancellationToken cancellationToken)
    {
        var filter = MongoSagaFields.Listed(kind);
        if (state is not null)
            filter.Set("state", state);
        if (before is { } seq)
            filter.Set("seq", new BsonDocument("$lt", seq));
        var found = await _server.RunAsync(
            (database, deadline) => Sagas(database).Find(filter).Sort(new BsonDocument("seq", -1)).Limit(limit).ToListAsync(deadline), cancellationToken);
        return [.. found.Select(MongoSagaFields.ReadInstance)];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<SagaInstance>> FindAsync(
        string kind, IReadOnlyCollection<Guid> correlationIds, CancellationToken cancellationToken)
    {
        var ids = new BsonArray(correlationIds.Select(id => MongoSagaFields.IdIs(kind, id)["_id"]));
        var filter = MongoSagaFields.Listed(kind).Set("_id", new BsonDocument("$in", ids));
        var found = await _server.RunAsync((database, deadline) => Sagas(database).Find(filter).ToListAsync(deadline), cancellationToken);
        return [.. found.Select(MongoSagaFields.ReadInstance)];
    }

    /// <inheritdoc />
    public async Task<(SagaInstance Saga, IReadOnlyList<SagaTransition> Transitions)?> FindAsync(
        string kind, Guid correlationId, CancellationToken cancellationToken)
    {
        var filter = MongoSagaFields.Listed(kind).Merge(MongoSagaFields.IdIs(kind, correlationId));
        var found = await _server.RunAsync((database, deadline) => Sagas(database).Find(filter).FirstOrDefaultAsync(deadline), cancellationToken);
        return found is null ? null : (MongoSagaFields.ReadInstance(found), MongoSagaFields.ReadHistory(found));
    }

    private Task<long> CountAsync(BsonDocument filter, CancellationToken cancellationToken) => _server.RunAsync(
        (database, deadline) => Sagas(database).CountDocumentsAsync(filter, options: null, deadline), cancellationToken);

    private static IMongoCollection<BsonDocument> Sagas(IMongoDatabase database) => database.GetCollection<BsonDocument>(MongoSagaFields.Collection);
}
