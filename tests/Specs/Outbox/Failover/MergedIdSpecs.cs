using BusIngest.Bus.Outbox.Failover.Recovery;

namespace BusIngest.Specs.Outbox.Failover;

public sealed class MergedIdSpecs
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 100).Select(i => Guid.CreateVersion7(FakeClock.Start.AddMilliseconds(i)))];

    [Fact]
    public void Should_be_the_same_for_the_same_ids_in_any_order()
    {
        var id = MergedId.Of(Ids);

        Assert.Equal(id, MergedId.Of(Ids));
        Assert.Equal(id, MergedId.Of(Ids.Reverse()));
    }

    [Fact]
    public void Should_be_the_same_in_every_version_of_the_program() => Assert.Equal(
        Guid.Parse("01890a5d-ac96-898e-9898-e7dd3c550ce0"),
        MergedId.Of([Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057"), Guid.Parse("01890a5d-ac97-774b-bcce-b302099a8057")]));

    [Fact]
    public void Should_differ_when_one_is_missing_or_more()
    {
        var all = Enumerable.Range(1, Ids.Length).Select(count => MergedId.Of(Ids.Take(count)))
            .Concat(Enumerable.Range(1, Ids.Length - 1).Select(skipped => MergedId.Of(Ids.Skip(skipped))));

        Assert.Equal((2 * Ids.Length) - 1, all.Distinct().Count());
    }

    [Fact]
    public void Should_be_of_version_8_and_begin_with_the_time_of_the_oldest()
    {
        var id = MergedId.Of(Ids).ToString();

        Assert.Equal(Ids[0].ToString()[..13], id[..13]);
        Assert.Equal('8', id[14]);
        Assert.Contains(id[19], "89ab");
    }
}
