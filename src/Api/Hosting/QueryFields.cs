using System.Globalization;

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
