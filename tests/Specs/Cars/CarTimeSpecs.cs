namespace BusIngest.Specs.Cars;

public sealed class CarTimeSpecs
{
    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31T12:00:00.25+02:00", "2026-01-31T10:00:00.25Z")]
    [InlineData("2026-01-31T00:00:00-11:30", "2026-01-31T11:30:00Z")]
    [InlineData("2026-07-31T12:00:00", "2026-07-31T12:00:00Z")]
    [InlineData("2026-01-31T12:00", "2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z")]
    public void Should_read_a_time_as_utc_unless_it_has_an_offset(string time, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected), Assert.Single(CarReading.Of(CarText.With("generatedAt", $"\"{time}\"")).Good()).GeneratedAt);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("\"31.01.2026\"")]
    [InlineData("\"2026-13-01T00:00:00Z\"")]
    [InlineData("\"2026-02-29T00:00:00Z\"")]
    [InlineData("\"2026-01-31T12:00:00+25:00\"")]
    [InlineData("\"0001-01-01T00:00:00+01:00\"")]
    [InlineData("\"9999-12-31T23:59:59-01:00\"")]
    [InlineData("\"10000-01-01T00:00:00Z\"")]
    [InlineData("\"2026-01-31T12:00:00\\ud83d\"")]
    [InlineData("1769860800000")]
    [InlineData("true")]
    [InlineData("{}")]
    public void Should_refuse_what_is_no_time(string json) =>
        CarReading.Of(CarText.With("generatedAt", json)).AssertRefused("generatedAt");

    [Fact]
    public void Should_give_a_car_without_one_the_time_of_now() =>
        Assert.Equal(CarReading.Now, Assert.Single(CarReading.Of(CarText.With("generatedAt", "null")).Good()).GeneratedAt);
}
