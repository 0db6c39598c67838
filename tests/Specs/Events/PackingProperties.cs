using BusIngest.Contracts.Events;
using BusIngest.Workers.Events.Folding;
using BusIngest.Workers.Events.Packing;
using FsCheck;
using FsCheck.Fluent;

namespace BusIngest.Specs.Events;

/// <summary>What is packed is what was to be packed.</summary>
public sealed class PackingProperties
{
    private const long Day = 24 * BucketKey.HourMs;

    private static readonly Gen<RolledEvent> Events =
        from account in Gen.OneOf(Gen.Choose(1, 4), Gen.Constant(BucketKey.MostAccounts))
        from user in Gen.OneOf(Gen.Choose(1, 6), Gen.Choose(1, int.MaxValue - 1))
        from type in Gen.Choose(0, EventTypes.Count - 1)
        from day in Gen.Elements(0L, 20_000 * Day, EventTime.EndMs - Day)
        from ms in Gen.Choose(0, (int)Day - 1)
        select new RolledEvent(account, user, (EventType)type, day + ms);

    private static readonly Arbitrary<RolledEvent[]> Batches = Events.NonEmptyListOf().Select(events => events.ToArray()).ToArbitrary();

    [Fact]
    public Task Should_read_numbers_as_written() => Properties.CheckAsync(
        Prop.ForAll(Gen.Elements(0L, 1, 127, 128, 16_383, 16_384, int.MaxValue, 1L << 40, long.MaxValue).NonEmptyListOf().ToArbitrary(), numbers =>
        {
            var writer = new PackedWriter();
            foreach (var number in numbers)
                writer.Number(number);
            var reader = new PackedReader(writer.Written);
            foreach (var number in numbers)
                Assert.Equal(number, reader.Number());
            Assert.True(reader.AtEnd);
        }),
        examples: 100);

    [Fact]
    public void Should_end_an_account_where_the_next_one_begins()
    {
        const long lastHour = (1L << 20) - 1;
        Assert.All(Enumerable.Range(1, 5).Append(BucketKey.MostAccounts - 1), account =>
        {
            Assert.Equal(BucketKey.First(account + 1, 0), BucketKey.First(account, lastHour + 1));
            Assert.Equal(lastHour, BucketKey.Hour(BucketKey.First(account, lastHour)));
        });
    }

    [Fact]
    public Task Should_read_tails_as_written() => Properties.CheckAsync(
        Prop.ForAll(Batches, batch =>
        {
            var found = new List<RolledEvent>();
            TailBody.Read(TailBody.Write([.. batch]), found);

            Assert.Equal(Sorted(batch), Sorted(found));
        }),
        examples: 200);

    [Fact]
    public Task Should_count_in_tails_and_buckets_what_is_within_a_window() => Properties.CheckAsync(
        Prop.ForAll(Gen.Zip(Gen.Zip(Batches.Generator, Batches.Generator), Gen.Zip(Events, Events)).ToArbitrary(), drawn =>
        {
            var ((first, second), (one, other)) = drawn;
            var (from, to) = (Math.Min(one.TimestampMs, other.TimestampMs), Math.Max(one.TimestampMs, other.TimestampMs));
            var wanted = first.Concat(second).Where(x => x.Account == one.Account && x.TimestampMs >= from && x.TimestampMs < to).ToList();
            byte[][] tails = [TailBody.Write([.. first]), TailBody.Write([.. second])];

            AssertCounts(wanted, tally =>
            {
                foreach (var tail in tails)
                    TailBody.Count(tail, one.Account, tally, from, to);
            });
            var buckets = Fold([tails[0]], Fold([tails[1]], []));
            AssertCounts(wanted, tally =>
            {
                foreach (var bucket in buckets.Values.Where(bucket => bucket.Key >> 36 == one.Account))
                    Run.Count(bucket.Detail, tally, from, to);
            });
            AssertCounts([.. first.Concat(second).Where(x => x.Account == one.Account)], tally =>
            {
                foreach (var bucket in buckets.Values.Where(bucket => bucket.Key >> 36 == one.Account))
                    Counts.AddTo(tally, bucket.Counts);
            });
        }),
        examples: 300);

    [Fact]
    public void Should_begin_a_segment_when_one_is_full()
    {
        RolledEvent[] busy = [.. Enumerable.Range(0, (2 * Bucket.MostEvents) + 5).Select(i => new RolledEvent(3, (i % 7) + 1, EventType.Login, i % 1_000))];

        var buckets = Fold([TailBody.Write([.. busy])], Fold([TailBody.Write([.. busy[..5]])], []));

        Assert.Equal([Bucket.MostEvents, Bucket.MostEvents, 10], buckets.Values.Select(bucket => bucket.Events));
        Assert.Equal(Enumerable.Range(0, 3).Select(segment => BucketKey.First(3, 0) + segment), buckets.Keys);
        AssertCounts([.. busy, .. busy[..5]], tally =>
        {
            foreach (var bucket in buckets.Values)
                Counts.AddTo(tally, bucket.Counts);
        });
    }

    private static SortedDictionary<long, Bucket> Fold(byte[][] tails, SortedDictionary<long, Bucket> buckets)
    {
        foreach (var slice in Slice.Cut(tails))
        {
            var last = buckets.Values.Where(bucket => BucketKey.First(bucket.Key) == slice.First).Select(bucket => (Bucket?)bucket).LastOrDefault();
            foreach (var bucket in slice.AddTo(last, new PackedWriter()).ToList())
                buckets[bucket.Key] = bucket;
        }

        return buckets;
    }

    private static void AssertCounts(List<RolledEvent> wanted, Action<Tally> count)
    {
        var tally = Tally.Rent();
        count(tally);
        Assert.Equal(wanted.Count, tally.Totals.Sum);
        Assert.All(Enum.GetValues<EventType>(), type => Assert.Equal(wanted.Count(x => x.Type == type), tally.Totals[type]));
        Assert.Equal(
            wanted.GroupBy(x => x.User).Select(user => (user.Key, (long)user.Count())).Order(),
            tally.Busiest(1, int.MaxValue, out _).Order());
        tally.Return();
    }

    private static List<string> Sorted(IEnumerable<RolledEvent> events) => [.. events.Select(rolled => rolled.ToString()).Order(StringComparer.Ordinal)];
}
