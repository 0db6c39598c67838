namespace BusIngest.Support.Programs;

/// <summary>What a program under test finds in its environment.</summary>
internal static class ProgramEnvironment
{
    // What the machine that runs the tests may have set, and what would change the program.
    private static readonly string[] Foreign =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ROLES", "BIND", "DATABASE_URL", "DB_HOST", "RABBITMQ_URL",
        "REDIS_HOST", "REDIS_PORT", "REDIS_USE_SENTINEL", "REDIS_SENTINEL_HOSTS", "OUTBOX_LANE", "AUTH_API_KEYS", "CAR_GENERATION_INTERVAL_MS", "DATA_DIR", "LOGS_DIR",
        "METRICS_LOG_DIR", "WEBHOOKS_ALLOWED_HOSTS", "WEBHOOKS_SECRET",
    ];

    /// <summary>Turns the tests' own environment into the program's.</summary>
    public static void Apply(IDictionary<string, string?> environment, ProgramSettings settings)
    {
        RemoveForeign(environment);
        environment["PORT"] = "0";
        environment["SEEDER_ENABLED"] = "false";
        Set(environment, "DATA_DIR", settings.DataDirectory);
        Set(environment, "LOGS_DIR", settings.LogsDirectory);
        foreach (var (name, value) in settings.Environment)
            Set(environment, name, value);
    }

    /// <summary>Takes out what the machine may have set.</summary>
    public static void RemoveForeign(IDictionary<string, string?> environment)
    {
        foreach (var name in Foreign)
            environment.Remove(name);
    }

    private static void Set(IDictionary<string, string?> environment, string name, string? value)
    {
        if (value is null)
            environment.Remove(name);
        else
            environment[name] = value;
    }
}
