using System.Text;
using System.Text.Json;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>Reads the fields of one event while the reader goes over it.</summary>
internal ref struct EventReader(FieldPaths paths)
{
    private const int LongestId = 512;

    private ReadOnlySpan<byte> _id;
    private ReadOnlySpan<byte> _type;
    private ReadOnlySpan<byte> _userId;
    private bool _hasType;
    private bool _hasUserId;
    private long _timestampMs;
    private int _timestampBegin;
    private int _timestampEnd;
    private int _seen;
    private string? _error;

    /// <summary>Reads an event.</summary>
    /// <param name="reader">Stands on its first token, and in the end on its last.</param>
    /// <returns>Whether all of it was there; else the reader stands somewhere.</returns>
    /// <exception cref="InvalidOperationException">System.Text.Json's answer to a text that is no Unicode.</exception>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return TryReadObject(ref reader, depth: 0, FieldPaths.All);

        _error = "is not an object";
        return reader.TrySkip();
    }

    /// <summary>What is wrong with what was read; null when nothing is.</summary>
    public readonly string? FindError() => _error ?? CheckId() ?? (_timestampEnd == 0 ? "has no time" : null);

    /// <summary>Keeps what was read.</summary>
    /// <param name="item">All of the event as it was served.</param>
    /// <param name="keys">Makes its key.</param>
    /// <param name="memory">Keeps it.</param>
    public readonly void Keep(ReadOnlySpan<byte> item, EventKeys keys, PageMemory memory) => memory.Add(new PulledEvent(
        keys.Of(_id),
        memory.Keep(_id),
        _hasType ? memory.Keep(_type) : PageText.None,
        _hasUserId ? memory.Keep(_userId) : PageText.None,
        _timestampMs,
        KeepNormalised(item, _timestampBegin, _timestampEnd, memory)));

    /// <summary>Reads an object's properties that may be or hold one of the fields.</summary>
    private bool TryReadObject(ref Utf8JsonReader reader, int depth, int fields)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
                return true;

            var (found, within) = Match(ref reader, depth, fields);
            if (!reader.Read())
                return false;
            if (found is { } field)
                ReadField(ref reader, field);
            if (!(within != 0 && reader.TokenType == JsonTokenType.StartObject ? TryReadObject(ref reader, depth + 1, within) : reader.TrySkip()))
                return false;
        }

        return false;
    }

    private readonly (EventField? Found, int Within) Match(ref Utf8JsonReader reader, int depth, int fields)
    {
        if (!reader.ValueIsEscaped && !paths.MayHave(reader.ValueSpan.Length, depth))
            return (null, 0);

        EventField? found = null;
        var within = 0;
        for (var field = EventField.Id; field <= EventField.Timestamp; field++)
        {
            if ((fields & (1 << (int)field)) == 0 || paths.Name(field, depth) is not { } name || !reader.ValueTextEquals(name))
                continue;

            if (paths.EndsAt(field, depth))
                found = field;
            else
                within |= 1 << (int)field;
        }

        return (found, within);
    }

    private void ReadField(ref Utf8JsonReader reader, EventField field)
    {
        // Which of the two is meant nobody knows.
        if ((_seen & (1 << (int)field)) != 0)
            _error ??= $"has its {Name(field)} twice";
        _seen |= 1 << (int)field;
        switch (field)
        {
            case EventField.Id:
                _ = TryText(ref reader, out _id);
                break;
            case EventField.Type:
                _hasType = TryText(ref reader, out _type);
                break;
            case EventField.UserId:
                _hasUserId = TryText(ref reader, out _userId);
                break;
            default:
                _error ??= Timestamps.Read(ref reader, out _timestampMs);
                _timestampBegin = (int)reader.TokenStartIndex;
                _timestampEnd = (int)reader.BytesConsumed;
                break;
        }
    }

    private static string Name(EventField field) => field switch
    {
        EventField.Id => "id",
        EventField.Type => "type",
        EventField.UserId => "user",
        _ => "time",
    };

    private readonly string? CheckId() =>
        _id.IsEmpty ? "has no id"
        : _id.Length > LongestId && Encoding.UTF8.GetCharCount(_id) > LongestId ? $"its id is longer than {LongestId} characters"
        : _id.Contains((byte)0) ? "its id contains NUL"
        : _id is [(byte)'.'] or [(byte)'.', (byte)'.'] ? "its id is a step in a path"
        : null;

    /// <summary>The event with its time as ISO 8601; all else byte by byte as it was served.</summary>
    private readonly PageText KeepNormalised(ReadOnlySpan<byte> item, int timestampBegin, int timestampEnd, PageMemory memory)
    {
        var target = memory.Take(timestampBegin + Timestamps.Length + 2 + item.Length - timestampEnd, out var text);
        item[..timestampBegin].CopyTo(target);
        target = target[timestampBegin..];
        target[0] = (byte)'"';
        Timestamps.Format(_timestampMs, target.Slice(1, Timestamps.Length));
        target[Timestamps.Length + 1] = (byte)'"';
        item[timestampEnd..].CopyTo(target[(Timestamps.Length + 2)..]);
        return text;
    }

    private static bool TryText(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.TokenType switch
        {
            JsonTokenType.String when reader.ValueIsEscaped => Encoding.UTF8.GetBytes(reader.GetString()!),
            JsonTokenType.String or JsonTokenType.Number => reader.ValueSpan,
            _ => default,
        };
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
    }
}
