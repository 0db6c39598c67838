using System.CommandLine;
using System.CommandLine.Parsing;
using BusIngest.Api.Configuration;

namespace BusIngest.Api.Commands;

/// <summary>Options of the commands that ask a service.</summary>
internal static class ServiceOptions
{
    /// <summary>The environment variable with the key of those that are given none: on a command line others would see it.</summary>
    public const string KeyVariable = "BUSINGEST_API_KEY";

    private const string KeyRule = "must be a key: visible ASCII characters, as a header carries them.";
    private const int LongestKeyFile = 8_192;

    /// <summary>Where the service is.</summary>
    public static readonly Option<Uri?> Url = CommandOptions.Address("--url", "Where the service is", new Uri("http://127.0.0.1:3000"));

    /// <summary>What it asks for.</summary>
    public static readonly Option<string?> ApiKey = new("--api-key")
    {
        Description = $"A key, where the service asks for one; better not on the command line, where others see it: --api-key-file, or {KeyVariable} in the environment",
        CustomParser = result => ReadKey(result, "--api-key", result.Tokens[0].Value),
    };

    /// <summary>A file that has it.</summary>
    public static readonly Option<string?> ApiKeyFile = new("--api-key-file")
    {
        Description = "A file with the key and nothing else",
        CustomParser = ReadKeyFile,
    };

    /// <summary>For whoever reads with a program.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "For programs: a line of JSON for each record, and nothing else, on stdout" };

    /// <summary>Where the service is.</summary>
    public static Uri Address(ParseResult parsed) => parsed.GetRequiredValue(Url)!;

    /// <summary>The key: of the command line, of the file, or of the environment; null: none.</summary>
    /// <exception cref="SettingsException">The environment's can't be one.</exception>
    public static string? Key(ParseResult parsed)
    {
        if ((parsed.GetValue(ApiKey) ?? parsed.GetValue(ApiKeyFile)) is { } given)
            return given;

        var key = Environment.GetEnvironmentVariable(KeyVariable);
        if (string.IsNullOrEmpty(key))
            return null;
        return CanBeKey(key) ? key : throw new SettingsException($"{KeyVariable} {KeyRule}");
    }

    private static bool CanBeKey(string key) => key.Length > 0 && key.All(letter => letter is > ' ' and <= '~');

    private static string? ReadKey(ArgumentResult result, string name, string key)
    {
        if (CanBeKey(key))
            return key;

        result.AddError($"{name} {KeyRule}");
        return null;
    }

    private static string? ReadKeyFile(ArgumentResult result)
    {
        const string name = "--api-key-file";
        if (result.GetResult(ApiKey) is not null)
        {
            result.AddError($"{name}: give it or --api-key, not both.");
            return null;
        }

        try
        {
            return ReadKey(result, name, ReadStart(result.Tokens[0].Value).Trim());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            result.AddError($"{name} can't be read: {exception.Message}");
            return null;
        }
    }

    /// <summary>Not all of what may be no file at all.</summary>
    private static string ReadStart(string path)
    {
        using var reader = new StreamReader(path);
        var text = new char[LongestKeyFile];
        return new string(text, 0, reader.ReadBlock(text));
    }
}
