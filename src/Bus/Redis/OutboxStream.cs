using System.Globalization;
using BusIngest.Bus.Inbox;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>How a message lies in the outbox's stream: an entry with a field for each of its parts.</summary>
internal static class OutboxStream
{
    /// <summary>The relays' consumer group.</summary>
    public const string Group = "relay";

    /// <summary>Adds the fields ARGV[2…]; answers nothing, and does nothing, when ARGV[1] entries are there.</summary>
    public const string Append =
        "if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return false end "
        + "return redis.call('XADD', KEYS[1], '*', unpack(ARGV, 2))";

    /// <summary>Writes something that is gone in a moment; answers nothing, and does nothing, when ARGV[1] entries are there.</summary>
    public const string Probe =
        "if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return false end "
        + "return redis.call('SET', KEYS[2], '1', 'PX', 100)";

    private static readonly long LatestTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The fields of a message.</summary>
    public static object[] Fields(InboxEntry entry) =>
    [
        .. entry.Trace is { } trace ? new object[] { "trace", trace } : [],
        "id", entry.MessageId.ToString(),
        "type", entry.MessageType,
        "endpoint", entry.Endpoint ?? "",
        "records", entry.Records,
        "contentType", entry.ContentType,
        "acceptedAt", entry.AcceptedAt.ToUnixTimeMilliseconds(),
        "body", entry.Body.ToArray(),
    ];

    /// <summary>Reads the message of an entry.</summary>
    /// <exception cref="FormatException">It is none of ours, or of a later version.</exception>
    public static InboxEntry Read(StreamEntry entry)
    {
        var endpoint = Text(entry, "endpoint");
        return new InboxEntry(
            Guid.Parse(Text(entry, "id")),
            Text(entry, "type"),
            endpoint.Length == 0 ? null : endpoint,
            (int)Number(entry, "records", int.MaxValue),
            Text(entry, "contentType"),
            DateTimeOffset.FromUnixTimeMilliseconds(Number(entry, "acceptedAt", LatestTime)),
            Value(entry, "body").Bytes(),
            entry.Field("trace") is { IsNull: false } trace ? trace.Text() : null);
    }

    private static long Number(StreamEntry entry, string name, long highest) =>
        long.TryParse(Text(entry, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= highest
            ? number
            : throw new FormatException($"The field '{name}' of entry {entry.Id} is no number, or out of range.");

    private static string Text(StreamEntry entry, string name) => Value(entry, name).Text();

    private static RedisResult Value(StreamEntry entry, string name) =>
        entry.Field(name) is { IsNull: false } value ? value : throw new FormatException($"Entry {entry.Id} has no field '{name}'.");
}
