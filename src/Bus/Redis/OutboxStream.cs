using System.Globalization;
using BusIngest.Bus.Inbox;

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

    /// <summary>The fields of a message.</summary>
    public static object[] Fields(InboxEntry entry) =>
    [
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
            int.Parse(Text(entry, "records"), NumberStyles.None, CultureInfo.InvariantCulture),
            Text(entry, "contentType"),
            AcceptedAt(entry),
            (byte[])entry.Field("body") ?? throw Missing(entry, "body"));
    }

    private static DateTimeOffset AcceptedAt(StreamEntry entry)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Text(entry, "acceptedAt"), NumberStyles.None, CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"The time of entry {entry.Id} is out of range.", exception);
        }
    }

    private static string Text(StreamEntry entry, string name) => (string)entry.Field(name) ?? throw Missing(entry, name);

    private static FormatException Missing(StreamEntry entry, string name) => new($"Entry {entry.Id} has no field '{name}'.");
}
