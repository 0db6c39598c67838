using BusIngest.Support.Programs;

namespace BusIngest.Support.Servers;

/// <summary>
/// Real servers, and processes of the program, each a process of its own on free loopback ports: deploy/cluster.sh in a
/// directory of its own. Names are those of <see cref="ClusterNames"/>. Where a server is not installed a start fails
/// with what the script says.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    // test.sh finds by these two what a killed run left behind.
    private const string DirectoryPrefix = "busingest-cluster-";
    private const string CheckoutFile = "checkout";

    private readonly string _directory = Directory.CreateTempSubdirectory(DirectoryPrefix).FullName;
    private readonly ClusterScript _script;

    private Cluster()
    {
        Write(CheckoutFile, RepositoryRoot.Find());
        _script = new ClusterScript(_directory);
        RunningClusters.Add(_script);
    }

    /// <summary>CLUSTER_DIR, absolute: `logs/NAME.log` holds what each printed, `data/NAME` is the DATA_DIR of a process.</summary>
    public string DirectoryPath => _directory;

    /// <summary>amqp://…/ of the broker.</summary>
    public string RabbitMqUrl => Setting("RABBITMQ_URL");

    /// <summary>The broker's management API, with its user.</summary>
    public Uri RabbitMqManagement => new(Setting("RABBITMQ_MANAGEMENT_URL"));

    /// <summary>postgresql://… of the database `busingest`.</summary>
    public string DatabaseUrl => Setting("DATABASE_URL");

    /// <summary>host:port of every sentinel, comma-separated, as REDIS_SENTINEL_HOSTS takes them.</summary>
    public string Sentinels => Setting("REDIS_SENTINEL_HOSTS");

    /// <summary>host:port of the server that was the first master; after a failover another may be.</summary>
    public string RedisMaster => Address(ClusterNames.RedisMaster);

    /// <summary>The password of every server of Redis.</summary>
    public string RedisPassword => Setting("REDIS_PASSWORD");

    /// <summary>The password of every sentinel.</summary>
    public string SentinelPassword => Setting("REDIS_SENTINEL_PASSWORD");

    /// <summary>Starts servers and programs, and returns when all are ready.</summary>
    /// <exception cref="InvalidOperationException">One is not installed or did not become ready; nothing is left behind.</exception>
    public static Task<Cluster> StartAsync(params string[] components) => StartAsync(Settings(), components);

    /// <summary>The same, with settings of the program by their environment names.</summary>
    public static async Task<Cluster> StartAsync(IReadOnlyDictionary<string, string> settings, params string[] components)
    {
        var cluster = new Cluster();
        try
        {
            cluster.Configure(settings);
            await cluster.UpAsync(components);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sets what processes of the program find in their environment beside the addresses, from their next start on.</summary>
    public void Configure(IReadOnlyDictionary<string, string> settings) =>
        Write("program.env", string.Concat(
            settings.Select(static setting => $"{setting.Key}='{setting.Value.Replace("'", "'\\''", StringComparison.Ordinal)}'\n")));

    /// <summary>Starts more, or what was stopped, and returns when they are ready and know each other.</summary>
    public Task UpAsync(params string[] names) => RunAsync("up", names);

    /// <summary>Starts it again on the same port and data; a running one is stopped first.</summary>
    public Task RestartAsync(params string[] names) => RunAsync("restart", names);

    /// <summary>SIGKILL, and returns when it is gone.</summary>
    public Task KillAsync(params string[] names) => RunAsync("kill", names);

    /// <summary>SIGTERM, and returns when it has ended.</summary>
    public Task StopAsync(params string[] names) => RunAsync("stop", names);

    /// <summary>SIGSTOP: it stands still, with its connections open.</summary>
    public Task FreezeAsync(params string[] names) => RunAsync("freeze", names);

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync(params string[] names) => RunAsync("thaw", names);

    /// <summary>The processes of the program that were started.</summary>
    public IReadOnlyList<string> Programs() =>
        [.. File.ReadLines(Path.Combine(_directory, "ports")).Select(static line => line.Split('=')[0]).Where(ClusterNames.IsProgram)];

    /// <summary>host:port of a component.</summary>
    public string Address(string name) => $"127.0.0.1:{Value("ports", name)}";

    /// <summary>Where a process of the program serves.</summary>
    public Uri Url(string program) => new($"http://{Address(program)}");

    /// <summary>A connection to a server of Redis or a sentinel.</summary>
    public RedisProbe Probe(string name) => ClusterNames.Sentinels.Contains(name, StringComparer.Ordinal)
        ? new RedisProbe(Address(name), SentinelPassword, sentinel: true)
        : new RedisProbe(Address(name), RedisPassword);

    /// <summary>The last lines of what a component printed.</summary>
    public string Log(string name, int lines = 40) => new ProgramOutput(Path.Combine(_directory, "logs", $"{name}.log")).Tail(lines);

    /// <summary>Stops everything and removes the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(_directory))
            return;

        await _script.RunAsync("down", ["--purge"], CancellationToken.None);
        RunningClusters.Remove(_script);
    }

    /// <summary>For this user alone, as all that is there.</summary>
    private void Write(string name, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(Path.Combine(_directory, name), options);
        file.Write(text);
    }

    private static Dictionary<string, string> Settings() => new(StringComparer.Ordinal);

    private string Setting(string name) => Value("env", name);

    private Task RunAsync(string command, IEnumerable<string> names) => _script.RunAsync(command, names, CancellationToken.None);

    private string Value(string file, string name)
    {
        var path = Path.Combine(_directory, file);
        var line = File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(l => l.StartsWith($"{name}=", StringComparison.Ordinal))
            : null;
        return line?[(name.Length + 1)..] ?? throw new InvalidOperationException($"The cluster has no {name}: start its component first");
    }
}
