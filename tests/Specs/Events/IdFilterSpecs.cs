using BusIngest.Workers.Events.Storing;

namespace BusIngest.Specs.Events;

public sealed class IdFilterSpecs
{
    private const int Room = 1 << 20;

    [Fact]
    public void Should_have_every_id_that_was_added_and_few_others()
    {
        var (filter, random) = (new IdFilter(Room), new Random(1));
        var added = Draw(random, Room);
        foreach (var hash in added)
            filter.Add(hash);

        Assert.DoesNotContain(false, added.Select(filter.MayHave));
        Assert.InRange(Draw(random, 100_000).Count(filter.MayHave), 0, 2_000);
    }

    [Fact]
    public void Should_be_full_when_it_has_more_than_it_has_room_for()
    {
        var filter = new IdFilter(1);
        for (var hash = 0L; hash < Room; hash++)
            filter.Add(hash << 32);

        Assert.False(filter.IsFull);
        filter.Add(-1);
        Assert.True(filter.IsFull);
    }

    [Fact]
    public async Task Should_take_ids_from_two_threads_at_once()
    {
        var filter = new IdFilter(Room);
        var added = new[] { Draw(new Random(1), 200_000), Draw(new Random(2), 200_000) };

        await Task.WhenAll(added.Select(hashes => Task.Run(() => hashes.ForEach(filter.Add), TestContext.Current.CancellationToken)));

        Assert.All(added, hashes => Assert.DoesNotContain(false, hashes.Select(filter.MayHave)));
    }

    private static List<long> Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))];
}
