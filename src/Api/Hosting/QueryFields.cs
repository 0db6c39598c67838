using System.Globalization;
using BusIngest.Contracts;

namespace BusIngest.Api.Hosting;

/// <summary>Reads fields of a query; what is given and wrong, or empty, is noted.</summary>
internal static class QueryFields
{
    /// <summary>Says which fields a route reads, so that its description does.</summary>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder route, params QueryField[] fields) => route.WithMetadata([.. fields]);

    /// <summary>A whole number.</summary>
    /// <param name="errors">Where to note what is wrong.</param>
    /// <param name="field">The field.</param>
    /// <param name="text">Its value; null: it is not given.</param>
    public static long Whole(this FieldErrors errors, QueryField field, string? text)
    {
        var absent = long.Parse(field.Absent!, CultureInfo.InvariantCulture);
        if (text is null)
            return absent;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= field.Least && number <= field.Most)
            return number;

        errors.Add(field.Name, $"must be a whole number from {field.Least} to {field.Most}");
        return absent;
    }

    /// <summary>Yes or no.</summary>
    public static bool Flag(this FieldErrors errors, QueryField field, string? text)
    {
        switch ((text ?? field.Absent)?.ToLowerInvariant())
        {
            case "true":
                return true;
            case "false":
                return false;
            default:
                errors.Add(field.Name, "must be true or false");
                return false;
        }
    }

    /// <summary>A time, in UTC unless it has an offset.</summary>
    /// <returns>The time; null when none is given, or something else.</returns>
    public static DateTimeOffset? Time(this FieldErrors errors, string name, string? text)
    {
        if (text is null)
            return null;
        // A plus that was not escaped is a space by now.
        if (IsoTime.TryParse(text, out var time) || (text.LastIndexOf(' ') is > 0 and var at && IsoTime.TryParse($"{text[..at]}+{text[(at + 1)..]}", out time)))
            return time;

        errors.Add(name, IsoTime.Expected);
        return null;
    }

    /// <summary>One of some words.</summary>
    /// <returns>The word; what counts otherwise when none is given, or a wrong one.</returns>
    public static string? Word(this FieldErrors errors, QueryField field, string? text)
    {
        if (text is null || field.Words.Contains(text, StringComparer.Ordinal))
            return text ?? field.Absent;

        errors.Add(field.Name, $"must be one of {string.Join(", ", field.Words)}");
        return field.Absent;
    }
}
