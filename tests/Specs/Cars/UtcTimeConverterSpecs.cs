using System.Text.Json;
using BusIngest.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace BusIngest.Specs.Cars;

public sealed class UtcTimeConverterSpecs
{
    private const int DaysOfTheCalendar = 3_652_058;
    private const int MsOfADay = 86_400_000;

    /// <summary>Whole milliseconds of the years 1 to 9999.</summary>
    private static readonly Arbitrary<DateTimeOffset> Times = Gen.Choose(0, DaysOfTheCalendar)
        .SelectMany(_ => Gen.Choose(0, MsOfADay - 1), (day, ms) => DateTimeOffset.MinValue.AddDays(day).AddMilliseconds(ms))
        .ToArbitrary();

    private static readonly JsonSerializerOptions Json = new() { Converters = { new UtcTimeConverter() } };

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z")]
    [InlineData("2026-01-31T12:00:00.1239999Z", "2026-01-31T12:00:00.123Z")]
    [InlineData("2026-01-31T00:30:00+02:00", "2026-01-30T22:30:00.000Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z")]
    public void Should_write_utc_with_milliseconds(string time, string expected) =>
        Assert.Equal($"\"{expected}\"", JsonSerializer.Serialize(DateTimeOffset.Parse(time), Json));

    [Fact]
    public Task Should_read_what_it_wrote() => Properties.CheckAsync(
        Prop.ForAll(Times, time => Assert.Equal(time, JsonSerializer.Deserialize<DateTimeOffset>(JsonSerializer.Serialize(time, Json), Json))),
        examples: 300);

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-13-01T00:00:00Z\"")]
    [InlineData("\"\"")]
    public void Should_read_nothing_else(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(json, Json));
}
