using BusIngest.Bus.Copies;
using BusIngest.Bus.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace BusIngest.Bus.Mongo;

/// <summary>
/// Writes copies, many at a time and in no order. A copy has the version of its document beside its fields: an older one never takes the place of a
/// newer one, whoever sends it and however late, and the same ones may be written again.
/// </summary>
/// <exception cref="StorageUnavailableException">MongoDB is out of reach or refuses; some may be written.</exception>
internal sealed class MongoCopies(MongoServer server)
{
    private const string Id = "_id";
    private const string Seq = "seq";
    private const string Version = "version";
    private const int DuplicateKey = 11000;

    /// <summary>What the server says of the index that every collection has.</summary>
    private const string IdIndex = "_id_";

    /// <summary>Copies that are deleted at a time.</summary>
    public const int DeletedAtOnce = 1_000;

    private static readonly BulkWriteOptions Unordered = new() { IsOrdered = false };
    private static readonly CreateIndexModel<BsonDocument> BySeq = new(new BsonDocument(Seq, 1));

    /// <summary>Makes the index by which copies are found whose documents are gone.</summary>
    public Task PrepareAsync(string collection, CancellationToken cancellationToken) => server.RunAsync(
        (database, deadline) => Of(database, collection).Indexes.CreateOneAsync(BySeq, cancellationToken: deadline), cancellationToken);

    /// <summary>Writes copies, but for those that are there in a later version.</summary>
    /// <param name="collection">Where to.</param>
    /// <param name="documents">What they are copies of.</param>
    /// <param name="anew">Whether they take the place of any version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WriteAsync(string collection, IReadOnlyList<DocumentCopy> documents, bool anew, CancellationToken cancellationToken)
    {
        if (documents.Count == 0)
            return;

        var writes = documents.Select(document => Replace(document, anew)).ToList();
        await server.RunAsync(
            async (database, deadline) =>
            {
                try
                {
                    await Of(database, collection).BulkWriteAsync(writes, Unordered, deadline);
                }
                catch (MongoBulkWriteException<BsonDocument> exception)
                    when (exception.WriteConcernError is null && exception.WriteErrors.All(IsNewer))
                {
                    // What is there is of a later version, so that it was not found and could not be inserted.
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>Deletes copies in a part of the numbers, but for some: as many as <see cref="DeletedAtOnce"/>.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteOthersAsync(
        string collection, NumberRange covered, IReadOnlyList<DocumentCopy> documents, CancellationToken cancellationToken)
    {
        var others = new BsonDocument
        {
            { Seq, new BsonDocument { { "$gte", covered.First }, { "$lte", covered.Last } } },
            { Id, new BsonDocument("$nin", new BsonArray(documents.Select(document => DocumentCopy.IdOf(document.Id)))) },
        };
        var found = await server.RunAsync(
            (database, deadline) => Of(database, collection).Find(others).Project(new BsonDocument(Id, 1)).Limit(DeletedAtOnce).ToListAsync(deadline),
            cancellationToken);
        await DeleteAsync(collection, [.. found.Select(copy => copy[Id])], cancellationToken);
        return found.Count;
    }

    /// <summary>Deletes copies by their documents' ids.</summary>
    public Task DeleteAsync(string collection, IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        DeleteAsync(collection, [.. ids.Select(DocumentCopy.IdOf)], cancellationToken);

    private async Task DeleteAsync(string collection, IReadOnlyCollection<BsonValue> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return;

        var filter = new BsonDocument(Id, new BsonDocument("$in", new BsonArray(ids)));
        await server.RunAsync((database, deadline) => Of(database, collection).DeleteManyAsync(filter, deadline), cancellationToken);
    }

    private static ReplaceOneModel<BsonDocument> Replace(DocumentCopy document, bool anew)
    {
        var id = DocumentCopy.IdOf(document.Id);
        var filter = new BsonDocument(Id, id);
        if (!anew)
            filter.Add(Version, new BsonDocument("$not", new BsonDocument("$gt", document.Version)));

        var copy = new BsonDocument(Id, id);
        copy.AddRange(document.Fields);
        copy.Add(Seq, document.Number).Add(Version, document.Version);
        return new ReplaceOneModel<BsonDocument>(filter, copy) { IsUpsert = true };
    }

    private static bool IsNewer(BulkWriteError error) =>
        error.Code == DuplicateKey && error.Message.Contains(IdIndex, StringComparison.Ordinal);

    private static IMongoCollection<BsonDocument> Of(IMongoDatabase database, string collection) => database.GetCollection<BsonDocument>(collection);
}
