using System.Text;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Pages;

namespace BusIngest.Specs.Sync;

/// <summary>What is read off a page, however its bytes arrive.</summary>
public sealed class PageReaderSpecs
{
    private static readonly SourceDefinition Definition = new() { BaseUrl = "http://localhost", UserIdPath = "user.id" };

    public static TheoryData<string, string> NoEvents => new()
    {
        { "7", "is not an object" },
        { "[{\"id\":\"a\"}]", "is not an object" },
        { "{\"timestamp\":1}", "has no id" },
        { "{\"id\":\"\",\"timestamp\":1}", "has no id" },
        { "{\"id\":{\"a\":1},\"timestamp\":1}", "has no id" },
        { "{\"id\":\"a\\u0000\",\"timestamp\":1}", "its id contains NUL" },
        { "{\"id\":\"a\"}", "has no time" },
        { "{\"id\":\"a\",\"timestamp\":[1]}", "the time is neither a number nor a text" },
        { "{\"id\":\"a\\ud800\",\"timestamp\":1}", "is not valid Unicode" },
        { "{\"id\":\"a\",\"timestamp\":1,\"n\":\"\\udc00\"}", "is not valid Unicode" },
        { "{\"id\":\"a\",\"timestamp\":1,\"n\":\"\\ud83d\\u0041\"}", "is not valid Unicode" },
        { "{\"id\":\"a\",\"timestamp\":1,\"x\":NaN}", "is not valid JSON" },
        { "{\"id\" \"a\"}", "is not valid JSON" },
        { "NaN", "is not valid JSON" },
        { "{\"id\":\"a\",\"id\":\"c\",\"timestamp\":1}", "has its id twice" },
        { "{\"id\":\"a\",\"timestamp\":1,\"timestamp\":1}", "has its time twice" },
        { "{\"id\":\"..\",\"timestamp\":1}", "its id is a step in a path" },
        { $"{{\"id\":\"a\",\"timestamp\":1,\"n\":{new string('[', 64)}{new string(']', 64)}}}", "is nested deeper than 64 levels" },
        { "{\"id\":\"a\",\"timestamp\":1,\"name\":\"\u00FF\"}", "is not valid UTF-8" },
    };

    [Fact]
    public async Task Should_read_an_event_wherever_its_bytes_are_cut()
    {
        const string first = """{"user":{"name":"x","id":7},"id":"a\u00e9\"","nested":{"id":"no","timestamp":5},"type":"","timestamp":"1704067200","tags":[{"id":1},"é"]}""";
        const string second = """{"timestamp":1704067200001,"id":12,"type":null,"user":"none"}""";
        const string rest = """],"pagination":{"hasMore":true,"nextCursor":"next","cursorExpiresIn":116},"meta":{"total":9}}""";
        var page = Encoding.UTF8.GetBytes($"{{\"data\":[{first}, {second}{rest}");

        for (var cut = 1; cut < page.Length; cut++)
        {
            using var read = await ReadAsync(page[..cut], page[cut..]);

            Assert.Empty(read.Rejects);
            Assert.Equal((true, "next", 116, 9), (read.HasMore, read.NextCursor, read.CursorLife?.Seconds, read.Total));
            Assert.Equal(2, read.Memory.Count);
            var (one, other) = (read.Memory.Events[0], read.Memory.Events[1]);
            Assert.Equal(("aé\"", "", "7", 1_704_067_200_000), (Text(one.Id), Text(one.Type), Text(one.UserId), one.TimestampMs));
            Assert.Equal(first.Replace("\"1704067200\"", "\"2024-01-01T00:00:00.000Z\"", StringComparison.Ordinal), Text(one.Body));
            Assert.Equal(("12", null, null, 1_704_067_200_001), (Text(other.Id), Text(other.Type), Text(other.UserId), other.TimestampMs));
            Assert.Equal(new EventKeys("here").Of("12"), other.Key);

            string? Text(PageText text) => text.IsNone ? null : Encoding.UTF8.GetString(read.Memory.Text(text));
        }
    }

    [Theory]
    [MemberData(nameof(NoEvents))]
    public async Task Should_reject_what_is_no_event_and_read_on(string item, string reason)
    {
        // As Latin-1 the one that is no UTF-8 comes out so.
        var page = Encoding.Latin1.GetBytes($$"""{"data":[{{item}},{"id":"b","timestamp":1}]}""");
        for (var cut = 1; cut < page.Length; cut++)
        {
            using var read = await ReadAsync(page[..cut], page[cut..]);

            Assert.Equal((reason, 1), (Assert.Single(read.Rejects).Reason, read.Memory.Count));
        }
    }

    [Theory]
    [InlineData("{\"data\":[{\"id\":\"a\",\"timestamp\":1}", nameof(FormatTrouble.Truncated))]
    [InlineData("{\"data\":[{\"id\":\"a\",\"timestamp\"", nameof(FormatTrouble.Truncated))]
    [InlineData("{\"data\" [{\"id\":\"a\"}]} ", nameof(FormatTrouble.NotJson))]
    [InlineData("", nameof(FormatTrouble.Truncated))]
    [InlineData(" \n ", nameof(FormatTrouble.Truncated))]
    [InlineData("\uFEFF<html>", nameof(FormatTrouble.Html))]
    [InlineData("{\"pagination\":{\"hasMore\":\"maybe\"}}", nameof(FormatTrouble.Unclear))]
    [InlineData("{\"pagination\":{\"hasMore\":2}}", nameof(FormatTrouble.Unclear))]
    [InlineData("{\"pagination\":{\"hasMore\":\"\"}}", nameof(FormatTrouble.Unclear))]
    [InlineData("{\"pagination\":{\"hasMore\":[true]}}", nameof(FormatTrouble.Unclear))]
    [InlineData("{\"pagination\":{\"nextCursor\":{\"id\":5}}}", nameof(FormatTrouble.Unclear))]
    [InlineData("{\"pagination\":{\"nextCursor\":true}}", nameof(FormatTrouble.Unclear))]
    [InlineData("<html>", nameof(FormatTrouble.Html))]
    [InlineData("oops", nameof(FormatTrouble.NotJson))]
    public async Task Should_say_what_is_no_page(string text, string trouble)
    {
        var failure = await Assert.ThrowsAsync<PageFormatException>(() => ReadAsync(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(trouble, failure.Trouble.ToString());
    }

    [Fact]
    public void Should_know_an_event_by_its_source_and_id()
    {
        var keys = new EventKeys("here");
        var longId = new string('é', 512);

        Assert.Equal(keys.Of("a"), new EventKeys("here").Of("a"u8));
        Assert.Equal(keys.Of(longId), keys.Of(Encoding.UTF8.GetBytes(longId)));
        Assert.Equal(4, new[] { keys.Of("a"), keys.Of("A"), keys.Of(longId), new EventKeys("there").Of("a") }.Distinct().Count());
    }

    private static async Task<FetchedPage> ReadAsync(params byte[][] pieces)
    {
        await using var stream = new PiecedStream(pieces.Select(piece => new ReadOnlyMemory<byte>(piece)));
        return await PageReading.ReadAsync(stream, Definition, new PageLimits());
    }
}
