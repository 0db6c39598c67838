using BusIngest.Workers.Sync.Pages;

namespace BusIngest.Specs.Sync;

/// <summary>The ways in which events tell their time.</summary>
public sealed class TimestampSpecs
{
    [Theory]
    [InlineData("1704067200000", "2024-01-01T00:00:00.000Z")]
    [InlineData("1704067200", "2024-01-01T00:00:00.000Z")]
    [InlineData("1704067200.123", "2024-01-01T00:00:00.123Z")]
    [InlineData(" 1704067200123 ", "2024-01-01T00:00:00.123Z")]
    [InlineData("2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000Z")]
    [InlineData("2024-01-01 00:00:00", "2024-01-01T00:00:00.000Z")]
    [InlineData("2024-01-01 00:00", "2024-01-01T00:00:00.000Z")]
    [InlineData("2024-01-01T01:30:00.5+01:30", "2024-01-01T00:00:00.500Z")]
    [InlineData("2024-01-01T01:30:00+0130", "2024-01-01T00:00:00.000Z")]
    [InlineData("2024-01-01T00:00:00.123456Z", "2024-01-01T00:00:00.123Z")]
    [InlineData("0", "1970-01-01T00:00:00.000Z")]
    public void Should_read(string text, string expected)
    {
        Assert.Null(Timestamps.Parse(text, out var ms));

        var bytes = new byte[Timestamps.Length];
        Timestamps.Format(ms, bytes);
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("253402300800000")]
    [InlineData("NaN")]
    [InlineData("2024-13-01T00:00:00Z")]
    [InlineData("2024-01-01")]
    [InlineData("01/02/2024 00:00:00")]
    [InlineData("2024-01-01T25:00:00Z")]
    public void Should_not_read(string text) => Assert.NotNull(Timestamps.Parse(text, out _));
}
