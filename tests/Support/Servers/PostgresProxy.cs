using System.Net;
using System.Net.Sockets;

namespace BusIngest.Support.Servers;

/// <summary>
/// Stands before a PostgreSQL server and can answer any statement with any error, break connections and hold them up. An error is the
/// server's own: it is given a statement that raises it, so that the session is afterwards as it would be.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private long _statements;
    private long _faults;

    private PostgresProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Asked what to do to some statements that are sent together, by their SQL as far as it is sent; null: nothing.</summary>
    public Func<string, PostgresFault?> Statement { get; set; } = static _ => null;

    /// <summary>Asked by what code a new session is refused; null: it is let in.</summary>
    public Func<string?> Session { get; set; } = static () => null;

    /// <summary>How often statements went through.</summary>
    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>How many faults there were.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Starts before the server on a port of 127.0.0.1.</summary>
    public static PostgresProxy Start(int serverPort) => new(serverPort);

    /// <summary>The same URL, by way of this.</summary>
    public string Before(string url) => new UriBuilder(url) { Host = "127.0.0.1", Port = Port }.Uri.ToString();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, ending.Token);
            client.NoDelay = server.NoDelay = true;
            if (!await BeginAsync(client.GetStream(), server.GetStream(), ending.Token))
                return;
            var answers = server.GetStream().CopyToAsync(client.GetStream(), ending.Token);
            await Task.WhenAny(answers, ForwardAsync(client.GetStream(), server.GetStream(), ending.Token));
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two is gone, and the other goes with it.
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    /// <summary>Passes on what a session begins with.</summary>
    /// <returns>False when there is to be none.</returns>
    private async Task<bool> BeginAsync(NetworkStream client, NetworkStream server, CancellationToken cancellationToken)
    {
        while (await PostgresMessages.ReadStartupAsync(client, cancellationToken) is var (code, bytes))
        {
            if (code is PostgresMessages.SslRequest or PostgresMessages.GssRequest)
            {
                await client.WriteAsync("N"u8.ToArray(), cancellationToken);
                continue;
            }

            if (code != PostgresMessages.CancelRequest && Session() is { } refusal)
            {
                Interlocked.Increment(ref _faults);
                await client.WriteAsync(PostgresMessages.Refuse(refusal), cancellationToken);
                return false;
            }

            await server.WriteAsync(bytes, cancellationToken);
            return code != PostgresMessages.CancelRequest;
        }

        return false;
    }

    /// <summary>Passes on statement by statement: those that are sent together are answered together.</summary>
    private async Task ForwardAsync(NetworkStream client, NetworkStream server, CancellationToken cancellationToken)
    {
        var (together, sql) = (new List<byte[]>(), "");
        while (await PostgresMessages.ReadAsync(client, cancellationToken) is { } message)
        {
            together.Add(message);
            sql = PostgresMessages.Sql(message) is { } text ? $"{sql}{text};" : sql;
            // Of what makes up a statement Sync and Query are the last; copied rows, passwords and the like go as they come.
            if (message[0] is (byte)'P' or (byte)'B' or (byte)'D' or (byte)'E' or (byte)'C')
                continue;

            if (message[0] is not ((byte)'S' or (byte)'Q'))
            {
                await SendAsync(server, together, cancellationToken);
            }
            else if (!await TryFailAsync(server, together, sql, cancellationToken))
            {
                Interlocked.Increment(ref _statements);
                await SendAsync(server, together, cancellationToken);
            }

            together.Clear();
            sql = "";
        }
    }

    private async Task<bool> TryFailAsync(NetworkStream server, List<byte[]> together, string sql, CancellationToken cancellationToken)
    {
        // No server fails at beginning a transaction, or at giving one up, and then does what comes behind.
        if (IsAny(sql, "BEGIN", "ROLLBACK") || Statement(sql) is not { } fault)
            return false;

        Interlocked.Increment(ref _faults);
        switch (fault)
        {
            case PostgresFault.Failure error:
                await server.WriteAsync(PostgresMessages.Raise(error.SqlState), cancellationToken);
                return true;
            case PostgresFault.Stall stall:
                await Task.Delay(stall.For, TimeProvider.System, cancellationToken);
                return false;
            case PostgresFault.Cut { AfterSending: true }:
                await SendAsync(server, together, cancellationToken);
                throw new IOException("The proxy cuts it after the statement.");
            default:
                throw new IOException("The proxy cuts it.");
        }
    }

    private static bool IsAny(string sql, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (sql.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static async Task SendAsync(NetworkStream server, List<byte[]> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            await server.WriteAsync(message, cancellationToken);
    }
}
