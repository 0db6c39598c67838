using System.Globalization;
using System.Text;
using System.Text.Json;
using BusIngest.Support;
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
    [InlineData("1704067200123456", "2024-01-01T00:00:00.123Z")]
    [InlineData("1704067200123456789", "2024-01-01T00:00:00.123Z")]
    [InlineData("1704067200.5", "2024-01-01T00:00:00.500Z")]
    [InlineData("2024-01-01", "2024-01-01T00:00:00.000Z")]
    [InlineData("2024-01-01t00:00:00z", "2024-01-01T00:00:00.000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    [InlineData("1969-07-20T20:17:40Z", "1969-07-20T20:17:40.000Z")]
    public void Should_read(string text, string expected)
    {
        Assert.Null(Timestamps.Parse(text, out var ms));
        Assert.Equal((null, ms), Read($"\"{text}\""));

        var bytes = new byte[Timestamps.Length];
        Timestamps.Format(ms, bytes);
        Assert.Equal(expected, Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("NaN")]
    [InlineData("2024-13-01T00:00:00Z")]
    [InlineData("01/02/2024 00:00:00")]
    [InlineData("2024-01-01T25:00:00Z")]
    [InlineData("2024-02-30T00:00:00Z")]
    [InlineData("2024-01-01T00:00:60Z")]
    public void Should_not_read(string text)
    {
        Assert.NotNull(Timestamps.Parse(text, out _));
        Assert.NotNull(Read($"\"{text}\"").Error);
    }

    [Theory]
    [InlineData("1704067200000", 1_704_067_200_000)]
    [InlineData("1704067200", 1_704_067_200_000)]
    [InlineData("1704067200.123", 1_704_067_200_123)]
    [InlineData("1.7040672e12", 1_704_067_200_000)]
    [InlineData("99999999999", 99_999_999_999_000)]
    [InlineData("253402300799999", 253_402_300_799_999)]
    [InlineData("253402300800000", 253_402_300_800)]
    [InlineData("1704067200000000", 1_704_067_200_000)]
    [InlineData("1704067200000000000", 1_704_067_200_000)]
    [InlineData("1704067200000000.5", 1_704_067_200_000)]
    public void Should_read_numbers(string json, long expected) => Assert.Equal((null, expected), Read(json));

    [Theory]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("99999999999999999999")]
    [InlineData("null")]
    [InlineData("true")]
    public void Should_not_read_what_is_no_time(string json) => Assert.NotNull(Read(json).Error);

    [Fact]
    public void Should_read_the_usual_texts_as_the_framework_does()
    {
        TestContext.Current.TestOutputHelper!.WriteLine(Seed.Hint);
        var random = new Random(Seed.Value);
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ss.fff'Z'", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss'Z'"];
        for (var i = 0; i < 10_000; i++)
        {
            var time = DateTime.UnixEpoch.AddTicks(random.NextInt64(DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks));
            var text = time.ToString(forms[i % forms.Length], CultureInfo.InvariantCulture);

            Assert.True(Timestamps.TryParsePlain(Encoding.UTF8.GetBytes(text), out var plain), text);
            Assert.Null(Timestamps.Parse(text, out var parsed));
            Assert.Equal(parsed, plain);
        }
    }

    private static (string? Error, long Ms) Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return (Timestamps.Read(ref reader, out var ms), ms);
    }
}
