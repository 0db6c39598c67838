using System.Text.Json;
using StackExchange.Redis;

namespace BusIngest.Bus.Redis;

/// <summary>An entry of a stream, as the server gives it: its id, and its fields and values by turns.</summary>
/// <param name="Id">Its place in the stream.</param>
/// <param name="Fields">Names and values by turns.</param>
internal sealed record StreamEntry(string Id, IReadOnlyList<RedisResult> Fields)
{
    /// <summary>Reads a list of entries; those that were deleted meanwhile are left out.</summary>
    public static List<StreamEntry> ReadAll(RedisResult entries)
    {
        var all = new List<StreamEntry>();
        foreach (var entry in entries.IsNull ? [] : entries.Items())
        {
            if (!entry.IsNull && entry.Items() is [var id, { IsNull: false } fields])
                all.Add(new StreamEntry(id.Text(), fields.Items()));
        }

        return all;
    }

    /// <summary>A field's value; a null result when there is no such field.</summary>
    public RedisResult? Field(string name)
    {
        for (var i = 0; i + 1 < Fields.Count; i += 2)
        {
            if (string.Equals((string?)Fields[i], name, StringComparison.Ordinal))
                return Fields[i + 1];
        }

        return null;
    }

    /// <summary>The fields as JSON, for someone to look at.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(Fields.Select(field => (string?)field).ToArray());
}
