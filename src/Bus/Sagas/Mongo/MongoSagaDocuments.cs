using BusIngest.Bus.Mongo;
using BusIngest.Bus.Sagas.Remote;
using MongoDB.Bson;
using MongoDB.Driver;

namespace BusIngest.Bus.Sagas.Mongo;

/// <summary>
/// Reads and writes sagas in MongoDB: one document each, with its last changes of state in it, so that a write is one step. A write completes when the
/// majority of the servers has it.
/// </summary>
internal sealed class MongoSagaDocuments(MongoServer server, TimeProvider time) : IRemoteSagas
{
    private bool _isPrepared;

    public async Task<RemoteSaga> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken)
    {
        var found = await server.RunAsync(
            (database, deadline) => Sagas(database).Find(MongoSagaFields.IdIs(kind, correlationId)).FirstOrDefaultAsync(deadline), cancellationToken);
        return found is null ? RemoteSaga.None : MongoSagaFields.ReadRemote(found);
    }

    public async Task<bool> SaveAsync(string kind, Guid correlationId, long expected, SagaStep step, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (expected == 0)
            return await InsertAsync(kind, correlationId, step, cancellationToken);

        var at = MongoSagaFields.VersionIs(kind, correlationId, expected);
        var now = time.GetUtcNow();
        return await UpdateAsync(MongoSagaFields.WrittenByOthers(at, step.MessageId), MongoSagaFields.Next(step, expected + 1, now), cancellationToken)
            || await UpdateAsync(MongoSagaFields.WrittenBy(at, step.MessageId), MongoSagaFields.Again(step, now), cancellationToken);
    }

    public async Task<bool> DeleteAsync(string kind, Guid correlationId, long expected, Guid messageId, CancellationToken cancellationToken)
    {
        var at = MongoSagaFields.VersionIs(kind, correlationId, expected);
        var now = time.GetUtcNow();
        var before = await FindAsync(kind, correlationId, cancellationToken);
        return await UpdateAsync(
                MongoSagaFields.WrittenByOthers(at, messageId), MongoSagaFields.Deletion(before.Current, expected + 1, messageId, now), cancellationToken)
            || await UpdateAsync(MongoSagaFields.WrittenBy(at, messageId), MongoSagaFields.DeletionAgain(now), cancellationToken)
            || await HasDeletedAsync(kind, correlationId, expected, messageId, cancellationToken);
    }

    private async Task<bool> InsertAsync(string kind, Guid correlationId, SagaStep step, CancellationToken cancellationToken)
    {
        var saga = MongoSagaFields.New(kind, correlationId, step, await NextSeqAsync(kind, cancellationToken), time.GetUtcNow());
        return await server.RunAsync(
            async (database, deadline) =>
            {
                try
                {
                    await Sagas(database).InsertOneAsync(saga, options: null, deadline);
                    return true;
                }
                catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
                {
                    // One that is deleted gives way.
                    var replaced = await Sagas(database).ReplaceOneAsync(
                        MongoSagaFields.IsDeleted(kind, correlationId), saga, (ReplaceOptions?)null, deadline);
                    return replaced.MatchedCount == 1;
                }
            },
            cancellationToken);
    }

    private Task<bool> UpdateAsync(BsonDocument filter, BsonDocument update, CancellationToken cancellationToken) => server.RunAsync(
        async (database, deadline) => (await Sagas(database).UpdateOneAsync(filter, update, options: null, deadline)).MatchedCount == 1,
        cancellationToken);

    private async Task<bool> HasDeletedAsync(string kind, Guid correlationId, long version, Guid messageId, CancellationToken cancellationToken)
    {
        var filter = MongoSagaFields.DeletedBy(kind, correlationId, version, messageId);
        return await server.RunAsync(
            async (database, deadline) => await Sagas(database).Find(filter).FirstOrDefaultAsync(deadline) is not null, cancellationToken);
    }

    /// <summary>The next place in the order of creation; one that is not used leaves a gap.</summary>
    private Task<long> NextSeqAsync(string kind, CancellationToken cancellationToken) => server.RunAsync(
        async (database, deadline) =>
        {
            var counter = await database.GetCollection<BsonDocument>(MongoSagaFields.Counters).FindOneAndUpdateAsync<BsonDocument>(
                new BsonDocument("_id", kind),
                new BsonDocument("$inc", new BsonDocument("seq", 1L)),
                new FindOneAndUpdateOptions<BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After },
                deadline);
            return counter["seq"].ToInt64();
        },
        cancellationToken);

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_isPrepared)
            return;

        await server.RunAsync((database, deadline) => Sagas(database).Indexes.CreateManyAsync(MongoSagaFields.Indexes, deadline), cancellationToken);
        _isPrepared = true;
    }

    private static IMongoCollection<BsonDocument> Sagas(IMongoDatabase database) => database.GetCollection<BsonDocument>(MongoSagaFields.Collection);
}
