namespace BusIngest.AppHost;

/// <summary>Which servers the roles meet over.</summary>
internal static class Servers
{
    /// <summary>The settings that name them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "RABBITMQ_URL", "DATABASE_URL", "DB_HOST", "DB_PORT", "DB_USER", "DB_PASSWORD", "DB_NAME", "OUTBOX_LANE",
        "REDIS_HOST", "REDIS_PORT", "REDIS_USE_SENTINEL", "REDIS_SENTINEL_HOSTS", "REDIS_SENTINEL_MASTER_NAME",
    ];

    /// <summary>Where they come from.</summary>
    public enum Kind
    {
        /// <summary>There are none: one process does everything, on SQLite.</summary>
        None,

        /// <summary>They run already, where RABBITMQ_URL and DATABASE_URL say.</summary>
        OfSettings,

        /// <summary>They are started here, in containers.</summary>
        Containers,
    }

    /// <summary>Those of the settings, else containers where Docker or Podman is, else none.</summary>
    public static Kind Choose() =>
        IsSet("RABBITMQ_URL") && (IsSet("DATABASE_URL") || IsSet("DB_HOST")) ? Kind.OfSettings
        : HasContainers() ? Kind.Containers
        : Kind.None;

    private static bool IsSet(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));

    private static bool HasContainers() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(directory => new[] { "docker", "podman", "docker.exe", "podman.exe" }.Any(name => File.Exists(Path.Combine(directory, name))));
}
