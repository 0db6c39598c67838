using System.Collections;

namespace BusIngest.Specs.Deployment;

/// <summary>One service of docker-compose.yml.</summary>
/// <param name="node">What stands below its name.</param>
internal sealed class ComposeService(Dictionary<object, object?> node)
{
    public bool IsProgram => Environment.ContainsKey("ROLES");

    public string? Image => Text("image");

    public string? Restart => Text("restart");

    /// <summary>Its settings as they are written, variables and all.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        node.TryGetValue("environment", out var environment)
            ? ComposeFile.Names(environment).ToDictionary(
                name => name, name => (string?)ComposeFile.Map(environment)[name] ?? "", StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<string> Ports => Items(node.GetValueOrDefault("ports"));

    /// <summary>Volumes and bind mounts: source, path in the container.</summary>
    public IReadOnlyList<(string Source, string Target)> Mounts =>
        [.. Items(node.GetValueOrDefault("volumes")).Select(static text => text.Split(':')).Select(static parts => (parts[0], parts[1]))];

    /// <summary>What its health check runs; empty where it has none.</summary>
    public IReadOnlyList<string> HealthCheck =>
        node.TryGetValue("healthcheck", out var check) ? Items(ComposeFile.Map(check)["test"]) : [];

    /// <summary>The services it waits for, with the condition.</summary>
    public IReadOnlyList<(string Name, string? Condition)> DependsOn =>
        node.TryGetValue("depends_on", out var services)
            ? [.. ComposeFile.Names(services).Select(name => (name, (string?)ComposeFile.Map(ComposeFile.Map(services)[name])["condition"]))]
            : [];

    private static IReadOnlyList<string> Items(object? list) => list is IEnumerable items ? [.. items.Cast<string>()] : [];

    private string? Text(string key) => node.GetValueOrDefault(key) as string;
}
