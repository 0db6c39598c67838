using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BusIngest.Support.Servers;

/// <summary>
/// Stands before a Redis server. While there is trouble it answers commands with errors at random, before or after the server has carried them out, lets them
/// wait, and cuts connections. It answers one command at a time, in RESP2.
/// </summary>
public sealed class RedisFaultProxy : IAsyncDisposable
{
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(2);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _clients = new();
    private readonly int _serverPort;
    private readonly Random _random;
    private readonly Task _accepting;
    private int _share;
    private long _faults;

    /// <summary>Starts one.</summary>
    /// <param name="serverPort">The server's port on the loopback.</param>
    /// <param name="seed">Of what happens.</param>
    public RedisFaultProxy(int serverPort, int seed)
    {
        (_serverPort, _random) = (serverPort, new Random(seed));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Its port on the loopback.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many commands met with trouble.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Begins trouble, or ends it.</summary>
    /// <param name="percent">Of the commands that meet with it; 0: none.</param>
    public void Trouble(int percent) => Volatile.Write(ref _share, percent);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        foreach (var client in _clients.Keys)
            client.Close();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            _clients.TryAdd(client, 0);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var server = new TcpClient { NoDelay = true };
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stopping.Token);
            await using var requests = new RespStream(client.GetStream());
            await using var replies = new RespStream(server.GetStream());
            while (await requests.ReadAsync(_stopping.Token) is { } command)
            {
                switch (Draw())
                {
                    case Fault.None:
                        await PassAsync();
                        break;
                    case Fault.Refuse:
                        await requests.WriteAsync(Error(), _stopping.Token);
                        break;
                    case Fault.Hide:
                        await replies.WriteAsync(command, _stopping.Token);
                        if (await replies.ReadAsync(_stopping.Token) is null)
                            return;
                        await requests.WriteAsync(Error(), _stopping.Token);
                        break;
                    case Fault.Stall:
                        await Task.Delay(LongestStall * NextDouble(), TimeProvider.System, _stopping.Token);
                        await PassAsync();
                        break;
                    default:
                        return;
                }

                async Task PassAsync()
                {
                    await replies.WriteAsync(command, _stopping.Token);
                    await requests.WriteAsync(await replies.ReadAsync(_stopping.Token) ?? throw new IOException("The server is gone"), _stopping.Token);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two has gone.
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private Fault Draw()
    {
        lock (_random)
        {
            if (_random.Next(100) >= Volatile.Read(ref _share))
                return Fault.None;
            Interlocked.Increment(ref _faults);
            return _random.Next(10) switch { < 5 => Fault.Refuse, < 7 => Fault.Hide, < 9 => Fault.Stall, _ => Fault.Cut };
        }
    }

    private double NextDouble()
    {
        lock (_random)
            return _random.NextDouble();
    }

    private byte[] Error()
    {
        lock (_random)
            return System.Text.Encoding.ASCII.GetBytes($"-{RedisFaults.Errors[_random.Next(RedisFaults.Errors.Count)]}\r\n");
    }

    private enum Fault
    {
        None,
        Refuse,
        Hide,
        Stall,
        Cut,
    }
}
