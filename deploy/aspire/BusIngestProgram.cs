namespace BusIngest.AppHost;

/// <summary>The program as resources: a process for each set of roles, or one for all.</summary>
/// <param name="builder">Where they are added.</param>
internal sealed class BusIngestProgram(IDistributedApplicationBuilder builder)
{
    private const string Api = "api";
    private const int UsualPort = 3000;

    private readonly string _root = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", ".."));

    /// <summary>Adds a process for each set of roles, which meet over servers.</summary>
    /// <param name="connect">Tells one of them where the servers are.</param>
    public void AddRoles(Func<IResourceBuilder<ExecutableResource>, IResourceBuilder<ExecutableResource>> connect)
    {
        foreach (var (name, roles) in new[] { (Api, "api"), ("workers", "workers"), ("sagas", "sagas,scheduler"), ("seeder", "seeder") })
            connect(Add(name).WithEnvironment("ROLES", roles));
    }

    /// <summary>Adds one process that does everything, on SQLite.</summary>
    public void AddWhole() => Add(Api);

    private IResourceBuilder<ExecutableResource> Add(string name)
    {
        var program = builder.AddExecutable(name, "dotnet", _root, Path.Combine(_root, "src", "Api", "bin", Configuration, "net10.0", "BusIngest.Api.dll"))
            .WithEnvironment("DATA_DIR", Path.Combine(builder.AppHostDirectory, "data", name))
            .WithEnvironment("LOGS_DIR", Path.Combine(builder.AppHostDirectory, "logs", name))
            .WithOtlpExporter();
        // Clients know the api's port; the others listen for those who ask how they are.
        program = string.Equals(name, Api, StringComparison.Ordinal)
            ? program.WithHttpEndpoint(port: Port, env: "PORT", isProxied: false)
            : program.WithHttpEndpoint(env: "PORT");
        return program.WithHttpHealthCheck("/health/ready");
    }

    private static int Port => int.TryParse(Environment.GetEnvironmentVariable("PORT"), out var port) ? port : UsualPort;

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif
}
