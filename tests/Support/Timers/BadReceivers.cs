using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BusIngest.Support.Timers;

/// <summary>
/// Many ports of the loopback behind which nobody is well: by turns they accept and never answer, drip the headers of an answer that never ends, and close
/// their half of the connection.
/// </summary>
public sealed class BadReceivers : IAsyncDisposable
{
    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(300);
    private static readonly byte[] Beginning = "HTTP/1.1 200 OK\r\nX-Never: e"u8.ToArray();

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Socket> _held = [];
    private readonly List<TcpListener> _listeners;
    private readonly Task _work;

    /// <summary>Opens them.</summary>
    /// <param name="count">How many ports.</param>
    public BadReceivers(int count)
    {
        _listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (var listener in _listeners)
            listener.Start();
        Func<Socket, Task>[] ways = [Hold, DripAsync, HalfClose];
        _work = Task.WhenAll(_listeners.Select((listener, number) => AcceptAsync(listener, ways[number % ways.Length])));
    }

    /// <summary>Their addresses.</summary>
    public IReadOnlyList<string> Urls => _listeners.ConvertAll(listener => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/bad");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners)
            listener.Dispose();
        foreach (var socket in _held)
            socket.Dispose();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static Task Hold(Socket socket) => Task.CompletedTask;

    private static Task HalfClose(Socket socket)
    {
        socket.Shutdown(SocketShutdown.Send);
        return Task.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener, Func<Socket, Task> way)
    {
        while (true)
        {
            var socket = await listener.AcceptSocketAsync(_stop.Token);
            _held.Add(socket);
            _ = TreatAsync(socket, way);
        }
    }

    private static async Task TreatAsync(Socket socket, Func<Socket, Task> way)
    {
        try
        {
            await way(socket);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The caller has had enough, or the test is over.
        }
    }

    private async Task DripAsync(Socket socket)
    {
        await socket.SendAsync(Beginning, _stop.Token);
        while (true)
        {
            await Task.Delay(Drip, TimeProvider.System, _stop.Token);
            await socket.SendAsync(Beginning.AsMemory(^1..), _stop.Token);
        }
    }
}
