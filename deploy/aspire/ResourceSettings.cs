using System.Collections;

namespace BusIngest.AppHost;

/// <summary>Hands settings on.</summary>
internal static class ResourceSettings
{
    /// <summary>Gives a process the settings of this one's environment whose names begin so.</summary>
    public static IResourceBuilder<ExecutableResource> WithSettings(this IResourceBuilder<ExecutableResource> program, IReadOnlyList<string> prefixes)
    {
        foreach (var (name, value) in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => ((string)entry.Key, (string?)entry.Value)))
        {
            if (!string.IsNullOrEmpty(value) && prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
                program.WithEnvironment(name, value);
        }

        return program;
    }
}
