using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BusIngest.Bus.Redis;
using BusIngest.Support;

namespace BusIngest.Integration.Redis;

/// <summary>A Redis server of one test, beside those of a cluster: alone, or one more replica.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;
    private readonly string? _file;
    private bool _disposed;

    private RedisServer(string command, int port, IReadOnlyList<string> settings, string? file = null)
    {
        Port = port;
        _file = file;
        var start = new ProcessStartInfo(command) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])[.. file is null ? Array.Empty<string>() : [file], "--bind", "127.0.0.1 ::1", "--dir", _directory.Path, .. settings])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
    }

    /// <summary>Its port on the loopback.</summary>
    public int Port { get; }

    /// <summary>`host:port`.</summary>
    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>Starts one, and waits until it answers.</summary>
    public static Task<RedisServer> StartAsync(CancellationToken cancellationToken, params string[] settings) => StartAsync(RedisAccess.Open, cancellationToken, settings);

    /// <summary>Starts one that does not let in everyone.</summary>
    public static Task<RedisServer> StartAsync(RedisAccess access, CancellationToken cancellationToken, params string[] settings)
    {
        var port = FreePort();
        string[] listening = access.UseTls ? ["--port", "0", "--tls-port", $"{port}"] : ["--port", $"{port}"];
        return StartAsync(new RedisServer("redis-server", port, [.. listening, "--save", "", .. settings]), access, cancellationToken);
    }

    /// <summary>Starts a Sentinel of one master.</summary>
    /// <param name="master">The name that it knows the master by.</param>
    /// <param name="host">The master's address.</param>
    /// <param name="masterPort">The master's port.</param>
    /// <param name="access">How it is connected to.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="lines">More lines of its configuration.</param>
    public static async Task<RedisServer> StartSentinelAsync(
        string master, string host, int masterPort, RedisAccess access, CancellationToken cancellationToken, params string[] lines)
    {
        var port = FreePort();
        var file = Path.Combine(Directory.CreateTempSubdirectory("busingest-sentinel-").FullName, "sentinel.conf");
        await File.WriteAllLinesAsync(file, [$"port {port}", $"sentinel monitor {master} {host} {masterPort} 1", .. lines], cancellationToken);
        return await StartAsync(new RedisServer("redis-sentinel", port, [], file), access, cancellationToken);
    }

    private static async Task<RedisServer> StartAsync(RedisServer server, RedisAccess access, CancellationToken cancellationToken)
    {
        await Eventually.HoldsAsync(
            "Redis answers",
            async token =>
            {
                try
                {
                    using var connection = server._file is null
                        ? await RedisConnection.OpenAsync(server.Endpoint, access, token)
                        : await RedisConnection.OpenSentinelAsync(server.Endpoint, access, token);
                    return true;
                }
                catch (RedisUnavailableException)
                {
                    return false;
                }
            },
            StartDeadline,
            cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
        if (_file is not null)
            Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
