using BusIngest.Bus.Copies;
using BusIngest.Bus.Mongo;
using MongoDB.Bson;

namespace BusIngest.Specs.Mongo;

/// <summary>What is written to MongoDB, in which order soever it comes.</summary>
public sealed class VersionSpecs : MongoSpec
{
    private const string Collection = "papers";

    [Fact]
    public async Task Should_never_put_an_older_version_in_the_place_of_a_newer_one()
    {
        var copies = Copies();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await copies.WriteAsync(Collection, [Paper(first, 1, 2), Paper(second, 2, 5)], anew: false, Token);

        await copies.WriteAsync(Collection, [Paper(first, 1, 1), Paper(second, 2, 6)], anew: false, Token);
        await copies.WriteAsync(Collection, [Paper(first, 1, 2), Paper(second, 2, 4)], anew: false, Token);
        Assert.Equal([2, 6], await VersionsAsync(first, second));

        await copies.WriteAsync(Collection, [Paper(first, 1, 1), Paper(second, 2, 4)], anew: true, Token);
        Assert.Equal([1, 4], await VersionsAsync(first, second));
    }

    [Fact]
    public async Task Should_end_with_the_newest_when_versions_race()
    {
        var copies = Copies();
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        var random = new Random(5);
        await Task.WhenAll(Enumerable.Range(1, 30).OrderBy(_ => random.Next()).Select(version =>
            copies.WriteAsync(Collection, [.. ids.Select((id, number) => Paper(id, number, version))], anew: false, Token)));

        Assert.All(await VersionsAsync(ids), version => Assert.Equal(30, version));
    }

    [Fact]
    public async Task Should_delete_what_is_not_there_any_more_in_a_part_of_the_numbers_alone()
    {
        var copies = Copies();
        var papers = Enumerable.Range(1, 10).Select(number => Paper(Guid.NewGuid(), number, 1)).ToList();
        await copies.WriteAsync(Collection, papers, anew: false, Token);

        var deleted = await copies.DeleteOthersAsync(Collection, new NumberRange(3, 8), [papers[3], papers[5]], Token);

        Assert.Equal(4, deleted);
        Assert.Equal([1, 2, 4, 6, 9, 10], (await Mongo.ReadAsync(Collection, Token)).Values.Select(paper => paper["seq"].ToInt32()).Order());
    }

    [Fact]
    public void Should_put_ranges_together_that_touch() => Assert.Equal(
        [new NumberRange(1, 9), new NumberRange(11, 12)],
        NumberRange.Merge([new(11, 12), new(4, 6), new(1, 3), new(5, 9), new(2, 2)]));

    private MongoCopies Copies() => new(Own(new MongoServer(MongoOptions.Parse(Mongo.Uri), TimeProvider.System)));

    private static DocumentCopy Paper(Guid id, long number, long version) => new(id, number, version, new BsonDocument("text", $"as of {version}"));

    private async Task<List<long>> VersionsAsync(params Guid[] ids)
    {
        var papers = await Mongo.ReadAsync(Collection, Token);
        return [.. ids.Select(id => papers[$"{id}"]["version"].ToInt64())];
    }
}
