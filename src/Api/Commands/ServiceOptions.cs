using System.CommandLine;
using System.CommandLine.Parsing;

namespace BusIngest.Api.Commands;

/// <summary>Options of the commands that ask a service.</summary>
internal static class ServiceOptions
{
    /// <summary>Where the service is.</summary>
    public static readonly Option<Uri> Url = new("--url")
    {
        Description = "Where the service is",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:3000"),
        CustomParser = ReadUrl,
    };

    /// <summary>What it asks for.</summary>
    public static readonly Option<string?> ApiKey = new("--api-key") { Description = "A key, where the service asks for one" };

    /// <summary>For whoever reads with a program.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "For programs: a line of JSON for each record, and nothing else, on stdout" };

    /// <summary>Refuses numbers out of a range.</summary>
    public static void CheckRange(OptionResult result, int least, int most)
    {
        // What is no number at all is reported by the parser.
        if (result.Errors.Any() || result.GetValueOrDefault<int>() is var value && value >= least && value <= most)
            return;

        result.AddError($"{result.Option.Name} must be from {least} to {most}.");
    }

    private static Uri? ReadUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;

        result.AddError($"'{text}' is not an http or https URL.");
        return null;
    }
}
