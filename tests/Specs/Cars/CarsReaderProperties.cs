using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace BusIngest.Specs.Cars;

public sealed class CarsReaderProperties
{
    private static readonly string[] Cars =
    [
        CarText.Good, CarText.With("id", "\"6f1c2a34-0000-4000-8000-00000000abcd\""), CarText.With("generatedAt", "\"2026-01-31T12:00:00+02:00\""),
        CarText.With("location", "\"Straße \\\"Łódź\\\" 🚗 \\ud83d\\ude97\""), CarText.With("extra", "[{\"a\":null}]"), CarText.With("price", "1e-300"),
        CarText.With("price", "0"), CarText.With("year", "\"x\""), CarText.With("location", "\"\\ud83d\""), CarText.Without("year"), "null", "{}", "5", "\"", "}",
    ];

    /// <summary>A body, right or wrong, and where to cut it.</summary>
    private static readonly Arbitrary<(byte[] Body, int[] Cuts)> Bodies = Gen.Elements(Cars)
        .NonEmptyListOf()
        .Select(cars => cars.Count == 1 ? cars[0] : CarText.Array(cars))
        .SelectMany(_ => Gen.Choose(0, 100_000).ArrayOf(), (body, cuts) => (Encoding.UTF8.GetBytes(body), cuts))
        .ToArbitrary();

    [Fact]
    public Task Should_read_the_same_however_the_body_is_cut() => Properties.CheckAsync(
        Prop.ForAll(Bodies, cut =>
        {
            var whole = CarReading.Of(cut.Body);
            var pieces = CarReading.Of(SegmentedBody.Cut(cut.Body, cut.Cuts));

            Assert.Equal(whole.Errors, pieces.Errors);
            Assert.Equal(whole.Cars, pieces.Cars);
        }),
        examples: 500);

    [Fact]
    public void Should_read_a_body_that_comes_byte_by_byte()
    {
        var body = Encoding.UTF8.GetBytes(CarText.Array(Cars.Take(6)));

        Assert.Equal(CarReading.Of(body).Good(), CarReading.Of(SegmentedBody.Cut(body, Enumerable.Range(0, body.Length))).Good());
    }
}
