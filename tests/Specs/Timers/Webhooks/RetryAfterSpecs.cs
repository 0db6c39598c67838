using BusIngest.Workers.Net;

namespace BusIngest.Specs.Timers.Webhooks;

public sealed class RetryAfterSpecs
{
    private const int Day = 86_400;

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData(" 120 ", 120)]
    [InlineData("5.0", 5)]
    [InlineData("1769860920", 120)]
    [InlineData("1769860920000", 120)]
    [InlineData("4000000000", Day)]
    [InlineData("2026-01-31T12:02:00Z", 120)]
    [InlineData("86400", Day)]
    [InlineData("86401", Day)]
    [InlineData("99999999999999999999999", Day)]
    [InlineData("Sat, 31 Jan 2026 12:02:00 GMT", 120)]
    [InlineData("Sat, 31 Jan 2026 12:00:00 GMT", 0)]
    [InlineData("Sat, 31 Jan 2026 11:00:00 GMT", 0)]
    [InlineData("Sun, 01 Feb 2026 13:00:00 GMT", Day)]
    [InlineData("Saturday, 31-Jan-26 12:02:00 GMT", 120)]
    [InlineData("Sat Jan 31 12:02:00 2026", 120)]
    public void Should_be_seconds_or_a_date_of_at_most_a_day(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, FakeClock.Start));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("١٢")]
    [InlineData("10, 20")]
    public void Should_be_nothing_else(string? value) => Assert.Null(RetryAfter.Parse(value, FakeClock.Start));
}
