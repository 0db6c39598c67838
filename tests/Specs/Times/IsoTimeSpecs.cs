using System.Text;
using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Contracts;
using BusIngest.Support;

namespace BusIngest.Specs.Times;

/// <summary>The one reader of times.</summary>
public sealed class IsoTimeSpecs
{
    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31t12:00:00z", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31 12:00:00", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31 12:00:00 UTC", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31 12:00:00 +0000", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31T12:00", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31T12:00+01", "2026-01-31T11:00:00.0000000Z")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00.0000000Z")]
    [InlineData("2026-01-31T12:00:00+0530", "2026-01-31T06:30:00.0000000Z")]
    [InlineData("2026-01-31T12:00:00-03:30", "2026-01-31T15:30:00.0000000Z")]
    [InlineData("2026-01-31T12:00:00-00:00", "2026-01-31T12:00:00.0000000Z")]
    [InlineData("2026-01-31T12:00:00.123456789Z", "2026-01-31T12:00:00.1234567Z")]
    [InlineData("2026-01-31T12:00:00,25Z", "2026-01-31T12:00:00.2500000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("2017-01-01T05:29:60+05:30", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    public void Should_read(string text, string expected)
    {
        Assert.True(IsoTime.TryParse(text, out var time));
        Assert.Equal(expected, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'"));
        var escaped = new Utf8JsonReader(Encoding.UTF8.GetBytes($"\"{text.Replace("+", "\\u002B", StringComparison.Ordinal)}\""));
        Assert.True(escaped.Read() && IsoTime.TryRead(ref escaped, out var read) && read == time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("12:30")]
    [InlineData("01.02.2026")]
    [InlineData("01/02/2026")]
    [InlineData("2026-1-2")]
    [InlineData("2026-02-29")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-01-31T")]
    [InlineData("2026-01-31T12")]
    [InlineData("2026-01-31T12:0")]
    [InlineData("2026-01-31T12:00:")]
    [InlineData("2026-01-31T12:00:0")]
    [InlineData("2026-01-31T12:00:00.")]
    [InlineData("2026-01-31T12:00:00.Z")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData("2026-01-31T12:60:00Z")]
    [InlineData("2026-01-31T12:00:60Z")]
    [InlineData("2026-01-31T12:00:61Z")]
    [InlineData("2016-12-31T23:59:60+01:00")]
    [InlineData("2026-01-31T23:59:60Z")]
    [InlineData("2026-01-31T12:00:00+")]
    [InlineData("2026-01-31T12:00:00+1")]
    [InlineData("2026-01-31T12:00:00+24:00")]
    [InlineData("2026-01-31T12:00:00+01:60")]
    [InlineData("2026-01-31T12:00:00+01:0")]
    [InlineData("2026-01-31T12:00:00 02:00")]
    [InlineData("2026-01-31T12:00:00Zulu")]
    [InlineData("2026-01-31T12:00:00  Z")]
    [InlineData(" 2026-01-31T12:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("10000-01-01T00:00:00Z")]
    [InlineData("１026-01-31T12:00:00Z")]
    [InlineData("1769860800")]
    public void Should_not_read(string text) => Assert.False(IsoTime.TryParse(text, out _));

    [Theory]
    [InlineData("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00Z")]
    [InlineData("2026-01-31T12:00:00 02:00", "2026-01-31T10:00:00Z")]
    [InlineData("2026-01-31 12:00:00", "2026-01-31T12:00:00Z")]
    [InlineData("01.02.2026", null)]
    [InlineData("12:30", null)]
    [InlineData("", null)]
    public void Should_take_an_unescaped_plus_of_a_query_for_what_it_was(string text, string? expected)
    {
        var errors = new FieldErrors();

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected), errors.Time("from", text));
        Assert.Equal(expected is not null, errors.AreNone);
    }

    [Fact]
    public void Should_read_what_the_framework_writes()
    {
        TestContext.Current.TestOutputHelper!.WriteLine(Seed.Hint);
        var random = new Random(Seed.Value);
        for (var i = 0; i < 10_000; i++)
        {
            var utc = new DateTime(random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), DateTimeKind.Utc);
            var time = new DateTimeOffset(utc).ToOffset(TimeSpan.FromMinutes(random.Next(-840, 841)));

            Assert.True(IsoTime.TryParse(time.ToString("O"), out var read), time.ToString("O"));
            Assert.Equal(time.UtcTicks, read.UtcTicks);
        }
    }
}
