using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>Reads the fields of one event.</summary>
internal ref struct EventReader(FieldPaths paths)
{
    private const int LongestId = 512;

    private string? _id;
    private string? _type;
    private string? _userId;
    private long _timestampMs;
    private string? _error;
    private int _timestampBegin;
    private int _timestampEnd;

    /// <summary>Reads an event.</summary>
    /// <param name="item">The event as it was served; valid JSON.</param>
    /// <param name="body">Takes the event, with its time normalised.</param>
    /// <param name="pulled">The event.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? Read(ReadOnlySpan<byte> item, PageMemory body, out PulledEvent pulled)
    {
        pulled = default;
        // What is not UTF-8 throws only where it is read, and most of an event is not.
        if (!Utf8.IsValid(item))
            return "is not valid UTF-8";

        var reader = new Utf8JsonReader(item);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return "is not an object";
            ReadObject(ref reader, depth: 0, FieldPaths.All);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json's answer to half a surrogate pair.
            return "is not valid Unicode";
        }

        _error ??= CheckId() ?? (_timestampEnd == 0 ? "has no time" : null);
        if (_error is null)
            pulled = new PulledEvent(_id!, _type, _userId, _timestampMs, Normalise(item, body));
        return _error;
    }

    /// <summary>Reads an object's properties that may be or hold one of the fields.</summary>
    private void ReadObject(ref Utf8JsonReader reader, int depth, int fields)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (found, within) = Match(ref reader, depth, fields);
            reader.Read();
            if (found is { } field)
                ReadField(ref reader, field);
            if (within != 0 && reader.TokenType == JsonTokenType.StartObject)
                ReadObject(ref reader, depth + 1, within);
            else
                reader.Skip();
        }
    }

    private readonly (EventField? Found, int Within) Match(ref Utf8JsonReader reader, int depth, int fields)
    {
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
        switch (field)
        {
            case EventField.Id:
                _id = Text(ref reader);
                break;
            case EventField.Type:
                _type = Text(ref reader);
                break;
            case EventField.UserId:
                _userId = Text(ref reader);
                break;
            default:
                _error ??= Timestamps.Read(ref reader, out _timestampMs);
                _timestampBegin = (int)reader.TokenStartIndex;
                _timestampEnd = (int)reader.BytesConsumed;
                break;
        }
    }

    private readonly string? CheckId() =>
        string.IsNullOrEmpty(_id) ? "has no id"
        : _id.Length > LongestId ? $"its id is longer than {LongestId} characters"
        : _id.Contains('\0', StringComparison.Ordinal) ? "its id contains NUL"
        : null;

    /// <summary>The event with its time as ISO 8601; all else byte by byte as it was served.</summary>
    private readonly ReadOnlyMemory<byte> Normalise(ReadOnlySpan<byte> item, PageMemory body)
    {
        var length = _timestampBegin + Timestamps.Length + 2 + item.Length - _timestampEnd;
        var memory = body.Take(length);
        var target = memory.Span;
        item[.._timestampBegin].CopyTo(target);
        target = target[_timestampBegin..];
        target[0] = (byte)'"';
        Timestamps.Format(_timestampMs, target.Slice(1, Timestamps.Length));
        target[Timestamps.Length + 1] = (byte)'"';
        item[_timestampEnd..].CopyTo(target[(Timestamps.Length + 2)..]);
        return memory;
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };
}
