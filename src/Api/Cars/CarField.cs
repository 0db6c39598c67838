using System.Text.Json;
using BusIngest.Contracts;

namespace BusIngest.Api.Cars;

/// <summary>Reads one value of a car, or says what it should have been.</summary>
internal static class CarField
{
    public const int FirstYear = 1886;
    public const double HighestPrice = 100_000_000;
    public const int LongestText = 100;

    public static string? Text(ref Utf8JsonReader reader, ref string? value)
    {
        if (reader.TokenType != JsonTokenType.String)
            return "must be a text";

        var text = reader.GetString()!;
        if (text.Length == 0 || (text.Length > LongestText && text.EnumerateRunes().Count() > LongestText))
            return $"must have 1 to {LongestText} characters";
        if (StorableText.Check(text) is { } error)
            return error;

        value = text;
        return null;
    }

    public static string? Year(ref Utf8JsonReader reader, int lastYear, ref int? value)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var year))
            return $"must be a whole number from {FirstYear} to {lastYear}";
        if (year < FirstYear || year > lastYear)
            return $"must be from {FirstYear} to {lastYear}";

        value = year;
        return null;
    }

    public static string? Price(ref Utf8JsonReader reader, ref double? value)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var price) || !double.IsFinite(price))
            return "must be a number";
        if (price is <= 0 or > HighestPrice)
            return $"must be above 0 and at most {HighestPrice:0}";

        value = price;
        return null;
    }

    public static string? Id(ref Utf8JsonReader reader, ref Guid? value)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetGuid(out var id))
            return "must be a UUID like 0b5e5a3c-9f1d-4c3e-8a55-0f6f3a0f2f11";

        value = id;
        return null;
    }

    public static string? Time(ref Utf8JsonReader reader, ref DateTimeOffset? value)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (!IsoTime.TryRead(ref reader, out var time))
            return IsoTime.Expected;

        value = time;
        return null;
    }
}
