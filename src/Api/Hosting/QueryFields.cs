using System.Globalization;

namespace BusIngest.Api.Hosting;

/// <summary>Reads values of a query; what is given and wrong, or empty, is noted.</summary>
internal static class QueryFields
{
    /// <summary>A whole number.</summary>
    /// <param name="errors">Where to note what is wrong.</param>
    /// <param name="name">The field.</param>
    /// <param name="text">Its value; null: it is not given.</param>
    /// <param name="absent">What counts then.</param>
    /// <param name="least">The least that it may be, at least 0.</param>
    /// <param name="most">The most.</param>
    public static long Whole(this FieldErrors errors, string name, string? text, long absent, long least, long most)
    {
        if (text is null)
            return absent;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;

        errors.Add(name, $"must be a whole number from {least} to {most}");
        return absent;
    }

    /// <summary>Yes or no.</summary>
    public static bool Flag(this FieldErrors errors, string name, string? text, bool absent)
    {
        switch (text?.ToLowerInvariant())
        {
            case null:
                return absent;
            case "true":
                return true;
            case "false":
                return false;
            default:
                errors.Add(name, "must be true or false");
                return absent;
        }
    }

    /// <summary>One of some words.</summary>
    /// <returns>The word; null when none is given, or a wrong one.</returns>
    public static string? Word(this FieldErrors errors, string name, string? text, IReadOnlyList<string> allowed)
    {
        if (text is null || allowed.Contains(text, StringComparer.Ordinal))
            return text;

        errors.Add(name, $"must be one of {string.Join(", ", allowed)}");
        return null;
    }
}
