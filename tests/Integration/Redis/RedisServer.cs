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
    private bool _disposed;

    private RedisServer(int port, IReadOnlyList<string> settings)
    {
        Port = port;
        var start = new ProcessStartInfo("redis-server") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])["--bind", "127.0.0.1", "--port", $"{port}", "--dir", _directory.Path, "--save", "", .. settings])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
    }

    /// <summary>Its port on the loopback.</summary>
    public int Port { get; }

    /// <summary>`host:port`.</summary>
    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>Starts one, and waits until it answers.</summary>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken, params string[] settings)
    {
        var server = new RedisServer(FreePort(), settings);
        await Eventually.HoldsAsync(
            "Redis answers",
            async token =>
            {
                try
                {
                    using var connection = await RedisConnection.OpenAsync(server.Endpoint, token);
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
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
