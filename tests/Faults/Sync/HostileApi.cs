using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BusIngest.Faults.Sync;

/// <summary>A remote API that answers every request with the same bytes, packed with gzip, and closes the connection.</summary>
internal sealed class HostileApi : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly byte[] _answer;
    private readonly Task _serving;
    private int _requests;

    /// <summary>Begins to serve.</summary>
    /// <param name="before">The page's beginning.</param>
    /// <param name="item">What it repeats.</param>
    /// <param name="times">How often.</param>
    /// <param name="after">Its end.</param>
    public HostileApi(string before, string item, int times, string after)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(before));
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(item, 1_000)));
            for (var i = 0; i < times / 1_000; i++)
                gzip.Write(bytes);
            gzip.Write(Encoding.UTF8.GetBytes(after));
        }

        Bytes = (int)zipped.Length;
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {Bytes}\r\nConnection: close\r\n\r\n";
        _answer = [.. Encoding.ASCII.GetBytes(head), .. zipped.ToArray()];
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The bytes of a page on the wire.</summary>
    public int Bytes { get; }

    /// <summary>Its address.</summary>
    public string Url => $"http://{_listener.LocalEndpoint}";

    /// <summary>Requests that came.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        try
        {
            var buffer = new byte[4_096];
            var read = new StringBuilder();
            while (!read.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _stopping.Token) is > 0 and var length)
                read.Append(Encoding.ASCII.GetString(buffer, 0, length));
            Interlocked.Increment(ref _requests);
            await stream.WriteAsync(_answer, _stopping.Token);
        }
        catch (IOException)
        {
            // The program has seen enough of it.
        }
    }
}
