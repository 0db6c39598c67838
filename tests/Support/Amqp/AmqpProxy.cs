using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BusIngest.Support.Amqp;

/// <summary>Stands before a RabbitMQ, and closes, cuts and stalls what goes through it, as the broker or the net might.</summary>
public sealed class AmqpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<AmqpRelay, byte> _relays = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Uri _broker;
    private readonly Task _accepting;

    private AmqpProxy(string brokerUrl)
    {
        _broker = new Uri(brokerUrl);
        _listener.Start();
        Url = new UriBuilder(_broker) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri.ToString();
        _accepting = AcceptAsync();
    }

    /// <summary>The broker's URL, by way of the proxy.</summary>
    public string Url { get; }

    /// <summary>Starts one.</summary>
    public static AmqpProxy Start(string brokerUrl) => new(brokerUrl);

    /// <summary>Does something to a connection, if there is one just now.</summary>
    /// <returns>Whether there was.</returns>
    public bool Inflict(AmqpFault fault, Random random)
    {
        var relays = _relays.Keys.ToArray();
        if (relays.Length == 0)
            return false;

        relays[random.Next(relays.Length)].Inflict(fault);
        return true;
    }

    /// <summary>Lets alone what was to befall the connections that there are, and has not yet.</summary>
    /// <returns>How many faults that were.</returns>
    public int Calm() => _relays.Keys.Sum(relay => relay.Calm());

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        foreach (var relay in _relays.Keys)
            relay.Cut();
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_ending.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(_broker.Host, _broker.Port, _ending.Token);
                var relay = new AmqpRelay(client, server);
                _relays.TryAdd(relay, 0);
                try
                {
                    await relay.RunAsync(_ending.Token);
                }
                finally
                {
                    _relays.TryRemove(relay, out _);
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Either side is gone, and so is the other.
            }
        }
    }
}
