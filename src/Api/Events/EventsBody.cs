using System.Text.Json;
using System.Text.Unicode;
using BusIngest.Api.Hosting;
using BusIngest.Contracts;
using BusIngest.Contracts.Events;

namespace BusIngest.Api.Events;

/// <summary>Reads a body of events, and finds out everything that is wrong with it. Used once.</summary>
/// <param name="earliestMs">The first moment that an event may be of, in milliseconds since 1970.</param>
/// <param name="latestMs">The last one.</param>
/// <param name="accounts">Gets the accounts, if somebody wants to know; null: nobody does.</param>
internal sealed class EventsBody(long earliestMs, long latestMs, AccountCounts? accounts)
{
    /// <summary>How many events a post has at most.</summary>
    public const int MaxEvents = 1_000;

    private FieldErrors? _errors;

    /// <summary>What is wrong; null: nothing.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors => _errors?.ByField;

    /// <summary>How many events there are.</summary>
    public int Count { get; private set; }

    /// <summary>The events as they were written, separated by commas.</summary>
    public ReadOnlyMemory<byte> Records { get; private set; }

    /// <summary>Reads.</summary>
    /// <returns>Whether all is right.</returns>
    public bool Read(ReadOnlyMemory<byte> json)
    {
        // System.Text.Json passes over what is not UTF-8 where it is not asked for the text.
        if (!Utf8.IsValid(json.Span))
            return Refuse("$", "is not valid UTF-8");

        var reader = new Utf8JsonReader(json.Span, JsonOfAnyDepth.Options);
        try
        {
            ReadBody(ref reader, json);
        }
        catch (JsonException exception)
        {
            return Refuse("$", $"is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})");
        }

        return _errors is null;
    }

    private bool Refuse(string field, string error)
    {
        (_errors ??= new FieldErrors()).Add(field, error);
        return false;
    }

    private void ReadBody(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Refuse("$", "must be an object like { \"events\": [ … ] }");
            return;
        }

        var seen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEvents = IsEvents(ref reader);
            reader.Read();
            if (!isEvents)
            {
                if (JsonOfAnyDepth.SkipCountingLevels(ref reader) > JsonOfAnyDepth.DeepestValue)
                    Refuse("$", JsonOfAnyDepth.TooDeep);
                continue;
            }

            if (seen)
            {
                Refuse("events", "is given twice");
                return;
            }

            seen = true;
            if (!ReadEvents(ref reader, json))
                return;
        }

        if (!seen)
            Refuse("events", "is required");
        // Or what comes after the object would pass.
        reader.Read();
    }

    /// <summary>Reads the array.</summary>
    /// <returns>False when there is no use in reading on.</returns>
    private bool ReadEvents(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return Refuse("events", "must be an array");

        var start = (int)reader.BytesConsumed;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; Count++)
        {
            if (Count == MaxEvents)
                return Refuse("events", $"must have at most {MaxEvents} events");
            ReadEvent(ref reader, json);
            if (_errors?.AreMany == true)
                return false;
        }

        if (Count == 0)
            return Refuse("events", "must have at least one event");
        Records = json[start..(int)reader.TokenStartIndex];
        return true;
    }

    private void ReadEvent(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Refuse($"events[{Count}]", "must be an event");
            reader.Skip();
            return;
        }

        var draft = new EventDraft(json);
        var seen = EventField.Unknown;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = EventFields.Current(ref reader);
            reader.Read();
            var error = draft.Read(field, ref reader);
            if (field != EventField.Unknown && seen.HasFlag(field))
                error = "is given twice";
            if (error is not null)
                Refuse(field, error);
            seen |= field;
        }

        if ((seen & EventField.Required) != EventField.Required)
        {
            foreach (var field in seen.Missing())
                Refuse(field, "is required");
        }
        else if (_errors is null)
        {
            Check(draft.Complete());
        }
    }

    private void Check(in ReadEvent read)
    {
        if (read.TimestampMs < earliestMs)
            Refuse(EventField.Timestamp, $"must not be before {DateTimeOffset.FromUnixTimeMilliseconds(earliestMs):yyyy-MM-dd}, from when on events are kept");
        else if (read.TimestampMs > latestMs)
            Refuse(EventField.Timestamp, $"must not be after {DateTimeOffset.FromUnixTimeMilliseconds(latestMs):yyyy-MM-ddTHH:mm:ssZ}: it is in the future");
        accounts?.Add(read.AccountId.Span);
    }

    private void Refuse(EventField field, string error) =>
        Refuse(field == EventField.Unknown ? $"events[{Count}]" : $"events[{Count}].{field.InJson()}", error);

    private static bool IsEvents(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.ValueTextEquals("events"u8);
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair is none of ours.
            return false;
        }
    }
}
