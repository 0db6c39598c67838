namespace BusIngest.AppHost;

/// <summary>Hands settings on.</summary>
internal static class ResourceSettings
{
    /// <summary>Gives a process the settings that this one has.</summary>
    public static IResourceBuilder<ExecutableResource> WithSettings(this IResourceBuilder<ExecutableResource> program, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                program.WithEnvironment(name, value);
        }

        return program;
    }
}
