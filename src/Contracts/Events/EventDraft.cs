using System.Text.Json;

namespace BusIngest.Contracts.Events;

/// <summary>An event while it is being read from JSON: its fields so far.</summary>
/// <param name="json">What the reader reads, from its first byte on; valid UTF-8.</param>
public struct EventDraft(ReadOnlyMemory<byte> json)
{
    /// <summary>The most characters of an id.</summary>
    public const int LongestId = 200;

    /// <summary>The most bytes of metadata.</summary>
    public const int LargestMetadata = 64 * 1024;

    /// <summary>How deep metadata may be is decided by whoever reads the body.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_024 };

    private readonly ReadOnlyMemory<byte> _json = json;
    private ReadOnlyMemory<byte> _eventId;
    private ReadOnlyMemory<byte> _accountId;
    private ReadOnlyMemory<byte> _userId;
    private ReadOnlyMemory<byte> _metadata;
    private EventType _type;
    private long _timestampMs;

    /// <summary>Reads the value that the reader stands on, and moves to its end; what is not known is passed over.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Read(EventField field, ref Utf8JsonReader reader)
    {
        try
        {
            return ReadValue(field, ref reader);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json's answer to half a surrogate pair.
            return StorableText.IsNoUnicode;
        }
        finally
        {
            reader.Skip();
        }
    }

    /// <summary>The event of a draft without errors.</summary>
    public readonly ReadEvent Complete() => new(_eventId, _accountId, _userId, _type, _timestampMs, _metadata);

    private string? ReadValue(EventField field, ref Utf8JsonReader reader) => field switch
    {
        EventField.EventId => Id(ref reader, ref _eventId),
        EventField.AccountId => Id(ref reader, ref _accountId),
        EventField.UserId => Id(ref reader, ref _userId),
        EventField.Type => EventTypes.TryRead(ref reader, out _type) ? null : $"must be one of {EventTypes.Listed}",
        EventField.Timestamp => Timestamp(ref reader),
        EventField.Metadata => Metadata(ref reader),
        _ => JsonOfAnyDepth.SkipCountingLevels(ref reader) > JsonOfAnyDepth.DeepestValue ? JsonOfAnyDepth.TooDeep : null,
    };

    private readonly string? Id(ref Utf8JsonReader reader, ref ReadOnlyMemory<byte> value)
    {
        if (reader.TokenType != JsonTokenType.String)
            return "must be a text";

        ReadOnlyMemory<byte> text;
        if (reader.ValueIsEscaped)
        {
            var buffer = new byte[reader.ValueSpan.Length];
            text = buffer.AsMemory(0, reader.CopyString(buffer));
        }
        else
        {
            text = _json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        }

        if (text.IsEmpty || (text.Length > LongestId && Characters(text.Span) > LongestId))
            return $"must have 1 to {LongestId} characters";
        if (StorableText.Check(text.Span) is { } error)
            return error;

        value = text;
        return null;
    }

    private string? Timestamp(ref Utf8JsonReader reader)
    {
        if (!IsoTime.TryRead(ref reader, out var time))
            return IsoTime.Expected;

        // What is finer than a millisecond is cut off.
        _timestampMs = time.ToUnixTimeMilliseconds();
        return _timestampMs is >= 0 and < EventTime.EndMs ? null : "must be from 1970 to 2088";
    }

    private string? Metadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return "must be an object";

        var start = (int)reader.TokenStartIndex;
        var levels = JsonOfAnyDepth.SkipCountingLevels(ref reader);
        var length = (int)reader.BytesConsumed - start;
        if (length > LargestMetadata)
            return $"must have at most {LargestMetadata} bytes";
        if (levels > JsonOfAnyDepth.DeepestValue)
            return JsonOfAnyDepth.TooDeep;

        var metadata = _json.Slice(start, length);
        // Only what is escaped can be no text; to look for that is cheap.
        if (metadata.Span.IndexOf("\\u"u8) >= 0)
        {
            using var parsed = JsonDocument.Parse(metadata, Deep);
            if (StorableText.Find(parsed.RootElement, "") is { } found)
                return $"{found.Field}: {found.Error}";
        }

        _metadata = metadata;
        return null;
    }

    private static int Characters(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var unit in utf8)
            count += (unit & 0xC0) == 0x80 ? 0 : 1;
        return count;
    }
}
