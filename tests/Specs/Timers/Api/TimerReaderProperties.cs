using System.Buffers;
using System.Text;
using BusIngest.Specs.Cars;
using FsCheck;
using FsCheck.Fluent;

namespace BusIngest.Specs.Timers.Api;

public sealed class TimerReaderProperties
{
    private static readonly string[] Bodies =
    [
        TimerBody.Good, TimerBody.With("extra", "[{\"a\":null}]"), TimerBody.With("webhookUrl", "\"https://stra\\u00dfe.example/🚗\\ud83d\\ude97\""),
        TimerBody.With("hours", "1e400"), TimerBody.With("minutes", "\"x\""), TimerBody.With("webhookUrl", "\"\\ud83d\""), TimerBody.Without("seconds"),
        "null", "{}", "5", "\"", "}", "", TimerBody.Good + "}", TimerBody.Good[..^3],
    ];

    /// <summary>A body, right or wrong, and where to cut it.</summary>
    private static readonly Arbitrary<(byte[] Body, int[] Cuts)> CutBodies = Gen.Elements(Bodies)
        .SelectMany(_ => Gen.Choose(0, 100_000).ArrayOf(), (body, cuts) => (Encoding.UTF8.GetBytes(body), cuts))
        .ToArbitrary();

    /// <summary>Hours, minutes and seconds, in and out of their bounds.</summary>
    private static readonly Arbitrary<(int Hours, int Minutes, int Seconds)> Durations = Gen.Choose(-2, 900_000)
        .SelectMany(_ => Gen.Choose(-5, 70), (hours, minutes) => (hours, minutes))
        .SelectMany(_ => Gen.Choose(-5, 70), (pair, seconds) => (pair.hours, pair.minutes, seconds))
        .ToArbitrary();

    [Fact]
    public Task Should_read_the_same_however_the_body_is_cut() => Properties.CheckAsync(
        Prop.ForAll(CutBodies, cut =>
        {
            var whole = TimerReading.Of(new ReadOnlySequence<byte>(cut.Body));
            var pieces = TimerReading.Of(SegmentedBody.Cut(cut.Body, cut.Cuts));

            Assert.Equal(whole.Errors, pieces.Errors);
            Assert.Equal(whole.Timer, pieces.Timer);
        }),
        examples: 500);

    [Fact]
    public Task Should_be_due_after_just_that_time_or_name_what_is_out_of_bounds() => Properties.CheckAsync(
        Prop.ForAll(Durations, time =>
        {
            var reading = TimerReading.Of(
                $$"""{"hours":{{time.Hours}},"minutes":{{time.Minutes}},"seconds":{{time.Seconds}},"webhookUrl":"http://example.com"}""");

            string[] wrong =
            [
                .. time.Hours is >= 0 and <= 876_000 ? Array.Empty<string>() : ["hours"],
                .. time.Minutes is >= 0 and <= 59 ? Array.Empty<string>() : ["minutes"],
                .. time.Seconds is >= 0 and <= 59 ? Array.Empty<string>() : ["seconds"],
            ];
            reading.AssertRefused(wrong);
            if (wrong.Length == 0)
                Assert.Equal(new TimeSpan(time.Hours, time.Minutes, time.Seconds), reading.Good().DueAt - reading.Good().CreatedAt);
        }),
        examples: 500);

    [Fact]
    public void Should_read_a_body_that_comes_byte_by_byte()
    {
        var body = Encoding.UTF8.GetBytes(TimerBody.Good);

        Assert.Equal(TimerReading.Of(TimerBody.Good).Good(), TimerReading.Of(SegmentedBody.Cut(body, Enumerable.Range(0, body.Length))).Good());
    }
}
