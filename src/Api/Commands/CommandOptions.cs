using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using BusIngest.Contracts;

namespace BusIngest.Api.Commands;

/// <summary>Makes options whose wrong values are told in one line that names the option and says what it takes.</summary>
internal static class CommandOptions
{
    /// <summary>A whole number.</summary>
    public static Option<T> Whole<T>(string name, string description, T fallback, T least, T most)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result => ReadWhole(result, name, least, most),
        };

    /// <summary>A whole number that need not be given.</summary>
    public static Option<int?> WholeOrNone(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        CustomParser = result => ReadWhole(result, name, least, most),
    };

    /// <summary>A share, 0 to 1.</summary>
    public static Option<double> Share(string name, string description, double fallback) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
        CustomParser = result =>
            double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1
                ? share
                : Refuse<double>(result, name, "a number from 0 to 1"),
    };

    /// <summary>A time between two others.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description, DateTimeOffset least, DateTimeOffset most) => new(name)
    {
        Description = description,
        CustomParser = result =>
            IsoTime.TryParse(Text(result), out var time) && time >= least && time <= most
                ? time
                : Refuse<DateTimeOffset?>(result, name, $"an ISO 8601 time like 2026-01-31T12:00:00Z, from {least:yyyy} to {most:yyyy}"),
    };

    /// <summary>The address of a service.</summary>
    public static Option<Uri?> Address(string name, string description, Uri? fallback = null) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
        CustomParser = result => ReadAddress(result, name),
    };

    /// <summary>A text that is not empty.</summary>
    public static Option<string?> Text(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => ReadText(result, name),
    };

    /// <summary>One of some words.</summary>
    public static Option<string?> Choice(string name, string description, IReadOnlyList<string> choices)
    {
        var option = new Option<string?>(name)
        {
            Description = description,
            CustomParser = result => choices.Contains(Text(result), StringComparer.Ordinal)
                ? Text(result)
                : Refuse<string?>(result, name, $"one of {string.Join(", ", choices)}"),
        };
        option.CompletionSources.Add([.. choices]);
        return option;
    }

    /// <summary>Directories, each with the option's name before it.</summary>
    public static Option<string[]> Directories(string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                result.AddError($"{name} must be a directory, not ''.");
            return [.. result.Tokens.Select(token => token.Value)];
        },
    };

    /// <summary>Reads a whole number.</summary>
    public static T ReadWhole<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, IBinaryInteger<T> =>
        T.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : Refuse<T>(result, name, $"a whole number from {least} to {most}");

    private static Uri? ReadAddress(ArgumentResult result, string name)
    {
        if (!Uri.TryCreate(Text(result), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return Refuse<Uri?>(result, name, "an http or https address");
        if (url.UserInfo.Length + url.Query.Length + url.Fragment.Length == 0)
            return url;

        // Not repeated: there may be a password in it.
        result.AddError($"{name} must be an http or https address without user, query and fragment.");
        return null;
    }

    private static string? ReadText(ArgumentResult result, string name) =>
        Text(result) is { Length: > 0 } text && !text.Any(char.IsControl) ? text : Refuse<string?>(result, name, "a text");

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult result, string name, string takes)
    {
        result.AddError($"{name} must be {takes}, not '{TimerText.Printable(Text(result))}'.");
        return default;
    }
}
