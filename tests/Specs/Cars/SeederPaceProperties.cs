using BusIngest.Workers.Cars.Seeding;
using FsCheck;
using FsCheck.Fluent;

namespace BusIngest.Specs.Cars;

public sealed class SeederPaceProperties
{
    private static readonly DateTimeOffset Start = FakeClock.Start;

    /// <summary>Milliseconds between two cars, and between the times that somebody looks.</summary>
    private static Arbitrary<(int Interval, int[] Steps)> Looks(int earliest, int latest) =>
        Gen.Choose(1, 2_000).SelectMany(_ => Gen.Choose(earliest, latest).ArrayOf(), (interval, steps) => (interval, steps)).ToArbitrary();

    [Fact]
    public Task Should_give_exactly_as_many_cars_as_intervals_have_passed() => Properties.CheckAsync(
        Prop.ForAll(Looks(0, 1_000), looks =>
        {
            var pace = new SeederPace(TimeSpan.FromMilliseconds(looks.Interval), Start);
            var now = Start;
            var due = 0;
            foreach (var step in looks.Steps)
            {
                now = now.AddMilliseconds(step);
                due += pace.TakeDue(now);
            }

            Assert.Equal(looks.Steps.Sum() / looks.Interval, due);
        }),
        examples: 300);

    [Fact]
    public Task Should_stay_in_bounds_whatever_the_clock_does() => Properties.CheckAsync(
        Prop.ForAll(Looks(-10_000, 10_000), looks =>
        {
            var interval = TimeSpan.FromMilliseconds(looks.Interval);
            var most = 2 + (1_000 / looks.Interval);
            var pace = new SeederPace(interval, Start);
            var now = Start;
            foreach (var step in looks.Steps)
            {
                now = now.AddMilliseconds(step);
                Assert.InRange(pace.UntilNext(now), TimeSpan.Zero, interval);
                Assert.InRange(pace.TakeDue(now), 0, most);
                Assert.Equal(0, pace.TakeDue(now));
            }
        }),
        examples: 300);
}
