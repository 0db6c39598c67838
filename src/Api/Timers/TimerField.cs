using System.Text.Json;
using BusIngest.Contracts;
using BusIngest.Workers.Net;

namespace BusIngest.Api.Timers;

/// <summary>Reads one value of a new timer, or says what it should have been.</summary>
internal static class TimerField
{
    /// <summary>A hundred years, so that every due time is a date that anything can show.</summary>
    public const int MostHours = 876_000;

    /// <summary>The highest minute of an hour, and second of a minute.</summary>
    public const int MostOfSixty = 59;

    /// <summary>Reads a whole number from 0. JSON has one kind of number: 1.0 and 1e0 are the whole number 1.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Whole(ref Utf8JsonReader reader, int most, ref int value)
    {
        if (reader.TokenType != JsonTokenType.Number
            || !reader.TryGetDouble(out var number) || !double.IsInteger(number) || number < 0 || number > most)
            return $"must be a whole number from 0 to {most}";

        value = (int)number;
        return null;
    }

    /// <summary>Reads the address of a webhook, which is kept as it was written.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Url(ref Utf8JsonReader reader, IReadOnlySet<string> allowedHosts, ref string? value)
    {
        if (reader.TokenType != JsonTokenType.String)
            return "must be a text";

        try
        {
            var text = reader.GetString()!;
            if (StorableText.Check(text) is { } unstorable)
                return unstorable;
            if (!OutboundUrl.TryParse(text, allowedHosts, out _, out var error))
                return error;

            value = text;
            return null;
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json's answer to half a surrogate pair, and to bytes that are not UTF-8.
            return StorableText.IsNoUnicode;
        }
    }
}
