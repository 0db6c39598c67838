using System.CommandLine;
using System.CommandLine.Parsing;

namespace BusIngest.Api.Commands;

/// <summary>The options of commands that talk to a running service.</summary>
internal static class ServiceOptions
{
    /// <summary>Where it is.</summary>
    public static Option<Uri> Url() => new("--url")
    {
        Description = "Where the service is",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:3000"),
        CustomParser = ReadUrl,
    };

    /// <summary>What to send as X-API-Key.</summary>
    public static Option<string?> ApiKey() => new("--api-key") { Description = "A key, where the service asks for one" };

    private static Uri? ReadUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;

        result.AddError($"'{text}' is not an http or https URL.");
        return null;
    }
}
