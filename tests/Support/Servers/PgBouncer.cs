using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace BusIngest.Support.Servers;

/// <summary>A pgbouncer before one database, as Debian has it: a process of its own on a free port of 127.0.0.1, which lets everybody in.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private const string Executable = "/usr/sbin/pgbouncer";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory;
    private readonly Process _process;
    private readonly int _port;

    private PgBouncer(DirectoryInfo directory, Process process, int port) => (_directory, _process, _port) = (directory, process, port);

    /// <summary>Starts one, and returns when it answers.</summary>
    /// <param name="databaseUrl">postgresql://user:password@host:port/name.</param>
    /// <param name="mode">`session` or `transaction`.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<PgBouncer> StartAsync(string databaseUrl, string mode, CancellationToken cancellationToken)
    {
        var (directory, port, server) = (Directory.CreateTempSubdirectory("busingest-pgbouncer-"), FreePort(), new UriBuilder(databaseUrl));
        var settings = Path.Combine(directory.FullName, "pgbouncer.ini");
        // Nothing is ignored: a startup parameter that it does not know is refused.
        await File.WriteAllTextAsync(
            settings,
            $"""
            [databases]
            * = host={server.Host} port={server.Port} user={server.UserName} password={server.Password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            default_pool_size = 10
            """,
            cancellationToken);
        var process = Process.Start(Command(settings)) ?? throw new InvalidOperationException("pgbouncer did not start");
        var bouncer = new PgBouncer(directory, process, port);
        await Eventually.HoldsAsync("pgbouncer listens", _ => Task.FromResult(Answers(port)), StartDeadline, cancellationToken);
        return bouncer;
    }

    /// <summary>The same URL, by way of this.</summary>
    public string Before(string databaseUrl) => new UriBuilder(databaseUrl) { Host = "127.0.0.1", Port = _port }.Uri.ToString();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>It does not run as root.</summary>
    private static ProcessStartInfo Command(string settings)
    {
        var command = new ProcessStartInfo { FileName = Executable, ArgumentList = { "-q", settings } };
        if (OperatingSystem.IsWindows() || !string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
            return command;
        // They hold the server's password.
        using (var handOver = Process.Start("chown", ["-R", "postgres:postgres", Path.GetDirectoryName(settings)!]))
            handOver.WaitForExit();
        return new ProcessStartInfo
        {
            FileName = "setpriv",
            ArgumentList = { "--reuid=postgres", "--regid=postgres", "--clear-groups", Executable, "-q", settings },
        };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Answers(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
