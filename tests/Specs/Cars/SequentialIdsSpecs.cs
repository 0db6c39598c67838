using BusIngest.Contracts;

namespace BusIngest.Specs.Cars;

public sealed class SequentialIdsSpecs
{
    private static readonly Guid First = Guid.Parse("019c12a0-1234-7abc-8def-00000000fffe");

    [Fact]
    public void Should_give_the_same_ids_for_the_same_first() => Assert.Equal(Take(new SequentialIds(First), 1_000), Take(new SequentialIds(First), 1_000));

    [Fact]
    public void Should_begin_with_the_first_and_count_on() => Assert.Equal(
        ["019c12a0-1234-7abc-8def-00000000fffe", "019c12a0-1234-7abc-8def-00000000ffff", "019c12a0-1234-7abc-8def-000000010000"],
        Texts(First, 3),
        StringComparer.Ordinal);

    [Fact]
    public void Should_be_version_7_of_the_given_time()
    {
        var ids = Take(new SequentialIds(FakeClock.Start), 1_000);

        Assert.All(ids, id => Assert.Equal(7, id.Version));
        Assert.All(ids, id => Assert.Equal(FakeClock.Start.ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16)));
    }

    [Fact]
    public void Should_be_in_order_and_distinct()
    {
        var ids = Texts(First, 100_000);

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids, StringComparer.Ordinal);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Should_wrap_round_within_the_counter() => Assert.Equal(
        ["019c12a0-1234-7abc-8def-ffffffffffff", "019c12a0-1234-7abc-8def-ffff00000000", "019c12a0-1234-7abc-8def-ffff00000001"],
        Texts(Guid.Parse("019c12a0-1234-7abc-8def-ffffffffffff"), 3),
        StringComparer.Ordinal);

    [Fact]
    public void Should_not_begin_alike_in_one_millisecond() =>
        Assert.NotEqual(new SequentialIds(FakeClock.Start).Next(), new SequentialIds(FakeClock.Start).Next());

    private static List<string> Texts(Guid first, int count) => Take(new SequentialIds(first), count).ConvertAll(id => id.ToString());

    private static List<Guid> Take(SequentialIds ids, int count) => [.. Enumerable.Range(0, count).Select(_ => ids.Next())];
}
