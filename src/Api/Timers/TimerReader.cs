using System.Buffers;
using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Contracts;
using BusIngest.Contracts.Timers;

namespace BusIngest.Api.Timers;

/// <summary>Reads and checks the body of a new timer in one pass.</summary>
/// <param name="allowedHosts">Hosts that it may call although they are private.</param>
internal sealed class TimerReader(IReadOnlySet<string> allowedHosts)
{
    private int _hours;
    private int _minutes;
    private int _seconds;
    private string? _url;

    /// <summary>What is wrong, by field; <c>$</c> is the body.</summary>
    public FieldErrors Errors { get; } = new();

    /// <summary>Reads a whole body.</summary>
    /// <returns>Whether it is right; if not, the errors say what is wrong.</returns>
    public bool Read(in ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty)
            Require(TimerFieldName.Unknown);
        else
            ReadJson(body);

        return Errors.AreNone;
    }

    /// <summary>The timer of a body that is right.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="now">When it was asked for; kept to the millisecond.</param>
    public CreateTimer Complete(Guid id, DateTimeOffset now)
    {
        var created = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return new CreateTimer(id, _url!, created, created.AddSeconds((3_600L * _hours) + (60 * _minutes) + _seconds));
    }

    private void ReadJson(in ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body, JsonOfAnyDepth.Options);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadFields(ref reader);
            }
            else
            {
                Errors.Add("$", "must be an object with hours, minutes, seconds and webhookUrl");
                reader.Skip();
            }

            // Moves to the end, and throws where something follows.
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            Errors.Add("$", $"is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})");
        }
    }

    private void ReadFields(ref Utf8JsonReader reader)
    {
        var seen = TimerFieldName.Unknown;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = TimerFieldNames.Current(ref reader);
            reader.Read();
            var error = field != TimerFieldName.Unknown && seen.HasFlag(field) ? "is given twice" : ReadValue(field, ref reader);
            seen |= field;
            if (JsonOfAnyDepth.SkipCountingLevels(ref reader) > JsonOfAnyDepth.DeepestValue)
                Errors.Add("$", JsonOfAnyDepth.TooDeep);
            if (error is not null)
                Errors.Add(field.InJson(), error);
        }

        Require(seen);
    }

    private string? ReadValue(TimerFieldName field, ref Utf8JsonReader reader) => field switch
    {
        TimerFieldName.Hours => TimerField.Whole(ref reader, TimerField.MostHours, ref _hours),
        TimerFieldName.Minutes => TimerField.Whole(ref reader, TimerField.MostOfSixty, ref _minutes),
        TimerFieldName.Seconds => TimerField.Whole(ref reader, TimerField.MostOfSixty, ref _seconds),
        TimerFieldName.WebhookUrl => TimerField.Url(ref reader, allowedHosts, ref _url),
        _ => null,
    };

    private void Require(TimerFieldName seen)
    {
        foreach (var field in seen.Missing())
            Errors.Add(field.InJson(), "is required");
    }
}
