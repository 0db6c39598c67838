using System.Globalization;
using System.Text;
using BusIngest.Api.Events;
using BusIngest.Contracts.Events;

namespace BusIngest.Specs.Events;

/// <summary>What is taken, and what is wrong with the rest.</summary>
public sealed class EventsBodySpecs
{
    private static readonly long Latest = Ms("2026-02-01T00:00:00Z");

    [Fact]
    public void Should_take_events_as_they_were_written()
    {
        var body = Read("""{ "x": [1, {}], "events" : [ """ + EventText.Good + " , " + EventText.With("event_id", "\"e\\u002d2\"") + """ ] , "y": null }""");

        Assert.Null(body.Errors);
        Assert.Equal(2, body.Count);
        var events = EventArray.Read(EventText.Utf8($"[{Encoding.UTF8.GetString(body.Records.Span)}]"), 2);
        Assert.Equal(["e-1", "e-2"], events.Select(read => Encoding.UTF8.GetString(read.EventId.Span)), StringComparer.Ordinal);
        Assert.Equal("""{"ip":"::1"}""", Encoding.UTF8.GetString(events[0].Metadata.Span));
        Assert.Equal(
            ("acme", "ann", EventType.Login, Ms("2026-01-31T12:00:00.123Z")),
            (Encoding.UTF8.GetString(events[0].AccountId.Span), Encoding.UTF8.GetString(events[0].UserId.Span), events[0].Type, events[0].TimestampMs));
    }

    [Theory]
    [InlineData("\"2026-01-31T12:00:00Z\"", "2026-01-31T12:00:00Z")]
    [InlineData("\"2026-01-31T12:00:00+05:30\"", "2026-01-31T06:30:00Z")]
    [InlineData("\"2026-01-31T12:00:00-11:00\"", "2026-01-31T23:00:00Z")]
    [InlineData("\"2026-01-31T12:00:00\"", "2026-01-31T12:00:00Z")]
    [InlineData("\"2026-01-31T12:00:00.1239999Z\"", "2026-01-31T12:00:00.123Z")]
    [InlineData("\"2024-02-29T23:59:59.999Z\"", "2024-02-29T23:59:59.999Z")]
    [InlineData("\"1970-01-01T00:00:00Z\"", "1970-01-01T00:00:00Z")]
    [InlineData("\"2026-01-31\"", "2026-01-31T00:00:00Z")]
    [InlineData("\"2026-01-31T12:00:00\\u005a\"", "2026-01-31T12:00:00Z")]
    public void Should_take_times_of_any_offset(string text, string utc)
    {
        var body = Read(EventText.Body(EventText.With("timestamp", text)));

        Assert.Null(body.Errors);
        Assert.Equal(Ms(utc), EventArray.Read(EventText.Utf8($"[{EventText.With("timestamp", text)}]"), 1)[0].TimestampMs);
    }

    [Theory]
    [InlineData("timestamp", "\"2023-02-29T00:00:00Z\"")]
    [InlineData("timestamp", "\"2026-13-01T00:00:00Z\"")]
    [InlineData("timestamp", "\"2026-01-31T24:00:01Z\"")]
    [InlineData("timestamp", "\"2026-01-31T23:59:60Z\"")]
    [InlineData("timestamp", "\"1969-12-31T23:59:59Z\"")]
    [InlineData("timestamp", "\"0001-01-01T00:00:00+14:00\"")]
    [InlineData("timestamp", "\"2026-02-01T00:00:00.001Z\"")]
    [InlineData("timestamp", "\"9999-12-31T23:59:59Z\"")]
    [InlineData("timestamp", "1769860800000")]
    [InlineData("timestamp", "\"yesterday\"")]
    [InlineData("timestamp", "null")]
    [InlineData("timestamp", null)]
    [InlineData("type", "\"logout\"")]
    [InlineData("type", "\"LOGIN\"")]
    [InlineData("type", "1")]
    [InlineData("type", "\"\\ud800\"")]
    [InlineData("type", null)]
    [InlineData("event_id", "\"\"")]
    [InlineData("event_id", "7")]
    [InlineData("event_id", "\"a\\u0000b\"")]
    [InlineData("event_id", "\"\\ud800\"")]
    [InlineData("event_id", null)]
    [InlineData("account_id", "[]")]
    [InlineData("account_id", null)]
    [InlineData("user_id", "{\"user_id\":\"x\"}")]
    [InlineData("user_id", null)]
    [InlineData("metadata", "\"text\"")]
    [InlineData("metadata", "[1]")]
    public void Should_name_the_field_and_the_index(string field, string? value) =>
        Assert.Equal([$"events[1].{field}"], Fields(Read(EventText.Body(EventText.Good, EventText.With(field, value), EventText.Good))));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"events\":[")]
    [InlineData("{\"events\":[]} {}")]
    public void Should_refuse_what_is_no_body(string body) => Assert.NotEmpty(Read(body).Errors!);

    [Theory]
    [InlineData("{}", "events")]
    [InlineData("{\"events\":null}", "events")]
    [InlineData("{\"events\":{}}", "events")]
    [InlineData("{\"events\":[]}", "events")]
    [InlineData("{\"events\":[5]}", "events[0]")]
    [InlineData("{\"events\":[[]]}", "events[0]")]
    public void Should_say_what_events_must_be(string body, string field) => Assert.Equal([field], Fields(Read(body)));

    [Fact]
    public void Should_take_a_thousand_and_no_more()
    {
        Assert.Null(Read(EventText.Body(Enumerable.Repeat(EventText.Good, 1_000))).Errors);
        Assert.Equal(["events"], Fields(Read(EventText.Body(Enumerable.Repeat(EventText.Good, 1_001)))));
    }

    [Fact]
    public void Should_refuse_fields_that_are_given_twice()
    {
        Assert.Equal(["events[0].user_id"], Fields(Read(EventText.Body(EventText.Good.Insert(1, "\"user_id\":\"bob\",")))));
        Assert.Equal(["events"], Fields(Read("{\"events\":[" + EventText.Good + "],\"events\":[]}")));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    [InlineData(10_000, false)]
    public void Should_bound_ids_by_characters(int length, bool good)
    {
        foreach (var field in new[] { "event_id", "account_id", "user_id" })
        {
            foreach (var character in new[] { "x", "ł", "🚗", "\\u0142" })
            {
                var errors = Read(EventText.Body(EventText.With(field, $"\"{string.Concat(Enumerable.Repeat(character, length))}\""))).Errors;
                Assert.Equal(good, errors is null);
            }
        }
    }

    [Fact]
    public void Should_bound_metadata()
    {
        Assert.Null(Read(EventText.Body(EventText.With("metadata", $"{{\"x\":\"{new string('x', 65_000)}\"}}"))).Errors);
        Assert.Equal(
            ["events[0].metadata"], Fields(Read(EventText.Body(EventText.With("metadata", $"{{\"x\":\"{new string('x', 5_000_000)}\"}}")))));
    }

    [Fact]
    public void Should_refuse_deep_nesting()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"x\":", 10_000)) + "1" + new string('}', 10_000);

        Assert.Equal(["events[1].metadata"], Fields(Read(EventText.Body(EventText.Good, EventText.With("metadata", deep)))));
        Assert.Equal(["events[0]"], Fields(Read(EventText.Body(EventText.With("more", deep), EventText.Good))));
        Assert.Equal(["$"], Fields(Read($$"""{"events":[{{EventText.Good}}],"more":{{deep}}}""")));
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(62, false)]
    public void Should_take_what_nests_as_deep_as_most_readers_can(int levels, bool right)
    {
        var metadata = string.Concat(Enumerable.Repeat("{\"x\":[", levels / 2)) + (levels % 2 == 1 ? "{}" : "1") + string.Concat(Enumerable.Repeat("]}", levels / 2));

        Assert.Equal(right, Read(EventText.Body(EventText.With("metadata", metadata))).Errors is null);
    }

    [Fact]
    public void Should_refuse_what_is_not_UTF_8()
    {
        var body = EventText.Utf8(EventText.Body(EventText.With("metadata", "{\"x\":\"?\"}")));
        body[Array.IndexOf(body, (byte)'?')] = 0xC3;

        Assert.Equal(["$"], Fields(Read(body)));
    }

    [Fact]
    public void Should_count_accounts()
    {
        var counts = new AccountCounts();
        var body = new EventsBody(0, Latest, counts);

        Assert.True(body.Read(EventText.Utf8(EventText.Body(EventText.Good, EventText.With("account_id", "\"ü\""), EventText.Good))));
        Assert.Equal([new AccountEvents("acme", 2), new AccountEvents("ü", 1)], counts.Read());
    }

    [Fact]
    public void Should_not_take_what_would_be_deleted_at_once()
    {
        var body = new EventsBody(Ms("2026-01-31T12:00:00.124Z"), Latest, null);

        Assert.False(body.Read(EventText.Utf8(EventText.Body(EventText.Good))));
        Assert.Equal(["events[0].timestamp"], Fields(body));
    }

    private static IReadOnlyList<string> Fields(EventsBody body) => [.. body.Errors!.Keys];

    private static EventsBody Read(string body) => Read(EventText.Utf8(body));

    private static EventsBody Read(byte[] body)
    {
        var read = new EventsBody(0, Latest, null);
        Assert.Equal(read.Read(body), read.Errors is null);
        return read;
    }

    private static long Ms(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
