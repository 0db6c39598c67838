using BusIngest.Support.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;

namespace BusIngest.Specs.Mongo;

/// <summary>What the program relies on of MongoDB, asked by its driver: of the small server, or of the one that BUSINGEST_MONGO names.</summary>
public sealed class FakeMongoSpecs : MongoSpec
{
    private IMongoCollection<BsonDocument> Things => Mongo.Database.GetCollection<BsonDocument>("things");

    [Fact]
    public async Task Should_refuse_a_double_with_its_code_and_the_name_of_the_index()
    {
        await Things.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(new BsonDocument("name", 1), new CreateIndexOptions { Unique = true }), cancellationToken: Token);
        await Things.InsertOneAsync(Thing(1), cancellationToken: Token);

        var sameId = await Assert.ThrowsAsync<MongoWriteException>(() => Things.InsertOneAsync(Thing(1), cancellationToken: Token));
        var sameName = await Assert.ThrowsAsync<MongoWriteException>(() => Things.InsertOneAsync(Thing(1).Set("_id", 9), cancellationToken: Token));

        Assert.Equal((ServerErrorCategory.DuplicateKey, 11000), (sameId.WriteError.Category, sameId.WriteError.Code));
        Assert.Contains("index: _id_ ", sameId.WriteError.Message, StringComparison.Ordinal);
        Assert.Contains("index: name_1 ", sameName.WriteError.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_do_all_of_an_unordered_bulk_but_what_is_refused()
    {
        await Things.InsertManyAsync([Thing(1).Set("version", 5), Thing(2).Set("version", 1)], cancellationToken: Token);
        List<WriteModel<BsonDocument>> writes = [.. Enumerable.Range(1, 3).Select(id => new ReplaceOneModel<BsonDocument>(
            new BsonDocument { { "_id", id }, { "version", new BsonDocument("$not", new BsonDocument("$gt", 3)) } }, Thing(id).Set("version", 3)) { IsUpsert = true })];

        var refused = await Assert.ThrowsAsync<MongoBulkWriteException<BsonDocument>>(() =>
            Things.BulkWriteAsync(writes, new BulkWriteOptions { IsOrdered = false }, Token));

        Assert.Equal((0, 11000), (Assert.Single(refused.WriteErrors).Index, refused.WriteErrors[0].Code));
        Assert.Equal([5, 3, 3], (await AllAsync(new BsonDocument())).Select(thing => thing["version"].AsInt32));
    }

    [Fact]
    public async Task Should_give_many_documents_in_several_batches_and_count_them()
    {
        await Things.InsertManyAsync(Enumerable.Range(1, 1_000).Select(Thing), cancellationToken: Token);

        Assert.Equal(Enumerable.Range(1, 1_000), (await AllAsync(new BsonDocument())).Select(thing => thing["_id"].AsInt32));
        Assert.Equal(300, await Things.CountDocumentsAsync(new BsonDocument("_id", new BsonDocument { { "$gt", 100 }, { "$lte", 400 } }), cancellationToken: Token));
        Assert.Equal(0, await Things.CountDocumentsAsync(new BsonDocument("_id", "1"), cancellationToken: Token));
        Assert.Equal(
            [998, 997],
            (await Things.Find(new BsonDocument("_id", new BsonDocument("$nin", new BsonArray { 999, 1_000 }))).Sort(new BsonDocument("_id", -1)).Limit(2)
                .Project(new BsonDocument("_id", 1)).ToListAsync(Token)).Select(thing => thing["_id"].AsInt32));
    }

    [Fact]
    public async Task Should_update_by_operators_and_only_what_is_found()
    {
        await Things.InsertOneAsync(Thing(1), cancellationToken: Token);
        var update = BsonDocument.Parse("{ $set: { a: 1 }, $unset: { name: '' }, $inc: { n: 2 }, $push: { h: { $each: [1, 2, 3], $slice: -2 } } }");

        var missed = await Things.UpdateOneAsync(new BsonDocument { { "_id", 1 }, { "gone", new BsonDocument("$exists", true) } }, update, cancellationToken: Token);
        var found = await Things.UpdateOneAsync(new BsonDocument { { "_id", 1 }, { "name", new BsonDocument("$ne", "x") } }, update, cancellationToken: Token);
        var counted = await Things.FindOneAndUpdateAsync<BsonDocument>(
            new BsonDocument("_id", "counter"),
            new BsonDocument("$inc", new BsonDocument("seq", 1L)),
            new FindOneAndUpdateOptions<BsonDocument> { IsUpsert = true, ReturnDocument = ReturnDocument.After },
            Token);

        Assert.Equal((0, 1, 1), (missed.MatchedCount, found.MatchedCount, found.ModifiedCount));
        Assert.Equal(BsonDocument.Parse("{ _id: 1, a: 1, n: 2, h: [2, 3] }"), (await AllAsync(new BsonDocument("_id", 1)))[0]);
        Assert.Equal(1, counted["seq"].ToInt64());
    }

    [Fact]
    public async Task Should_keep_what_it_has_while_it_is_away()
    {
        Assert.SkipWhen(MongoScratch.IsReal, "A real server is not taken away");
        await Things.InsertOneAsync(Thing(1), cancellationToken: Token);
        await Mongo.Fake!.StopAsync();
        Mongo.Fake.Resume();

        Assert.Single(await AllAsync(new BsonDocument()));
        // The driver sends again what was not answered, and it is done once.
        var cut = 1;
        Mongo.Fake.Fault = command => command is "update" && Interlocked.Decrement(ref cut) >= 0 ? MongoFault.CutAfter : MongoFault.None;
        await Things.UpdateOneAsync(new BsonDocument("_id", 1), new BsonDocument("$inc", new BsonDocument("n", 1)), cancellationToken: Token);
        Assert.Equal(1, (await AllAsync(new BsonDocument()))[0]["n"].ToInt32());
    }

    private static BsonDocument Thing(int id) => new() { { "_id", id }, { "name", $"thing {id}" } };

    private Task<List<BsonDocument>> AllAsync(BsonDocument filter) => Things.Find(filter).Sort(new BsonDocument("_id", 1)).ToListAsync(Token);
}
