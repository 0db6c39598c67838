using System.Collections;

namespace BusIngest.Api.Configuration;

/// <summary>
/// Reads the settings: <c>appsettings.json</c> beside the program, over it <c>.env</c> in the working directory, over
/// that environment variables, over those the command line.
/// </summary>
public static class SettingsLoader
{
    /// <summary>Reads and validates the settings of this process.</summary>
    /// <exception cref="SettingsException">Some are wrong; it names them all.</exception>
    public static Settings Load(IReadOnlyList<string> args) =>
        Load(args, EnvironmentVariables(), Directory.GetCurrentDirectory(), AppContext.BaseDirectory);

    /// <summary>Reads and validates the settings of a process that would find this.</summary>
    /// <param name="args">Command-line arguments.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="workingDirectory">Where <c>.env</c> is, and what relative paths are relative to; a full path.</param>
    /// <param name="programDirectory">Where <c>appsettings.json</c> is; a full path.</param>
    /// <exception cref="SettingsException">Some are wrong; it names them all.</exception>
    public static Settings Load(
        IReadOnlyList<string> args, IEnumerable<KeyValuePair<string, string>> environment, string workingDirectory, string programDirectory)
    {
        var errors = new List<string>();
        var layers = new SettingLayers(workingDirectory);
        layers.Add(Layer(() => JsonFile(programDirectory)));
        layers.Add(Layer(() => EnvFile(workingDirectory)));
        layers.Add(environment);
        layers.Add(Layer(() => CommandLine.Parse(args)), isClosed: true);

        var reader = new SettingReader(layers.Values);
        var settings = SettingsBinder.Bind(reader, workingDirectory);
        errors.AddRange([.. layers.Errors, .. reader.Errors]);
        return errors.Count == 0
            ? settings with
            {
                Notices = ReleaseRules.Notices(layers.Values),
                Files = layers.Values.Values.Where(value => value.File is not null).ToDictionary(value => value.Name, value => value.File!, StringComparer.Ordinal),
            }
            : throw new SettingsException(errors);

        IEnumerable<KeyValuePair<string, string>> Layer(Func<Dictionary<string, string>> read)
        {
            try
            {
                return read();
            }
            catch (SettingsException exception)
            {
                errors.AddRange(exception.Lines);
                return [];
            }
        }
    }

    private static Dictionary<string, string> JsonFile(string directory)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(directory, "appsettings.json"), optional: true, reloadOnChange: false)
                .Build()
                .AsEnumerable()
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"appsettings.json: {exception.InnerException?.Message ?? exception.Message}".ReplaceLineEndings(" "));
        }
    }

    private static Dictionary<string, string> EnvFile(string directory)
    {
        var path = Path.Combine(directory, ".env");
        try
        {
            return File.Exists(path) ? DotEnv.Parse(File.ReadLines(path)) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($".env: {exception.Message}");
        }
    }

    private static Dictionary<string, string> EnvironmentVariables()
    {
        var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";

        return variables;
    }
}
