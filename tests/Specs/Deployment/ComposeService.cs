using System.Collections;

namespace BusIngest.Specs.Deployment;

/// <summary>One service of docker-compose.yml.</summary>
/// <param name="node">What stands below its name.</param>
internal sealed class ComposeService(Dictionary<object, object?> node)
{
    public bool IsProgram => Environment.ContainsKey("ROLES");

    public string? Image => Text("image");

    /// <summary>Whom it runs as; null: as its image says.</summary>
    public string? User => Text("user");

    /// <summary>How much memory it may take.</summary>
    public string? MemoryLimit => Text("mem_limit");

    /// <summary>Whether it can write to its volumes and its memory alone.</summary>
    public bool IsReadOnly => string.Equals(Text("read_only"), "true", StringComparison.Ordinal);

    /// <summary>The capabilities that it does not have.</summary>
    public IReadOnlyList<string> DroppedCapabilities => Items(node.GetValueOrDefault("cap_drop"));

    /// <summary>The capabilities that it has for all that.</summary>
    public IReadOnlyList<string> AddedCapabilities => Items(node.GetValueOrDefault("cap_add"));

    /// <summary>More of what it may not.</summary>
    public IReadOnlyList<string> SecurityOptions => Items(node.GetValueOrDefault("security_opt"));

    /// <summary>Directories in memory.</summary>
    public IReadOnlyList<string> InMemory => Items(node.GetValueOrDefault("tmpfs"));

    /// <summary>Whether it may do what it likes.</summary>
    public bool IsPrivileged => node.ContainsKey("privileged") || node.ContainsKey("devices") || node.ContainsKey("network_mode") || node.ContainsKey("pid");

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
