namespace BusIngest.AppHost;

/// <summary>Which servers the roles meet over.</summary>
internal static class Servers
{
    /// <summary>How the settings begin that name servers and say how to get in, and what the roles share besides.</summary>
    public static readonly IReadOnlyList<string> Prefixes =
        ["RABBITMQ_", "DATABASE_", "DB_", "REDIS_", "MONGO_", "OUTBOX_", "SYNC_SECRET", "AUTH_SESSION_SECRET"];

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

    /// <summary>Those of the settings, else containers where Docker or Podman runs, else none.</summary>
    public static async Task<Kind> ChooseAsync() =>
        IsSet("RABBITMQ_URL") && (IsSet("DATABASE_URL") || IsSet("DB_HOST")) ? Kind.OfSettings
        : await ContainerRuntime.RunsAsync() ? Kind.Containers
        : Kind.None;

    private static bool IsSet(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));
}
