using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MongoDB.Bson;

namespace BusIngest.Support.Mongo;

/// <summary>
/// A small server that speaks MongoDB's wire protocol (OP_MSG) to its driver, as a replica set of one, with what this program needs of it: hello, ping,
/// insert, update, delete, find, getMore, findAndModify, createIndexes, and aggregate for a count. Documents are in memory; they outlive
/// <see cref="StopAsync"/>. It can be taken away, cut off and stalled. It is no proof of what a real server does: BUSINGEST_MONGO names one.
/// </summary>
public sealed class FakeMongo : IAsyncDisposable
{
    private readonly MongoData _data = new();
    private readonly ConcurrentDictionary<MongoLink, Task> _links = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private TaskCompletionSource _going = Gone();

    private FakeMongo()
    {
    }

    /// <summary>Its port on the loopback, the same for its whole life.</summary>
    public int Port { get; private set; }

    /// <summary>How a program finds it.</summary>
    /// <param name="database">The database.</param>
    public string Uri(string database) => $"mongodb://127.0.0.1:{Port}/{database}?replicaSet={MongoCommands.SetName}";

    /// <summary>What happens with a command, by its name; null: it is carried out and answered.</summary>
    public Func<string, MongoFault>? Fault { get; set; }

    /// <summary>How often each command was carried out, by its name.</summary>
    public ConcurrentDictionary<string, int> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts one on a free port.</summary>
    public static FakeMongo Start()
    {
        var server = new FakeMongo();
        server.Resume();
        return server;
    }

    /// <summary>A copy of what is in a collection.</summary>
    public IReadOnlyList<BsonDocument> Documents(string database, string collection) => _data.All($"{database}.{collection}");

    /// <summary>Listens again, after <see cref="StopAsync"/>.</summary>
    public void Resume()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Is gone, with all connections, in the middle of whatever there is.</summary>
    public async Task StopAsync()
    {
        _listener?.Dispose();
        await _accepting;
        Cut();
        await Task.WhenAll(_links.Values);
    }

    /// <summary>Cuts all connections; new ones may be made.</summary>
    public void Cut()
    {
        foreach (var link in _links.Keys)
            link.Dispose();
    }

    /// <summary>Takes commands and answers none, until <see cref="Go"/>.</summary>
    public void Stall() => _going = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Goes on after <see cref="Stall"/>.</summary>
    public void Go() => _going.TrySetResult();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Go();
        await StopAsync();
    }

    private static TaskCompletionSource Gone()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var link = new MongoLink(await listener.AcceptTcpClientAsync());
                _links[link] = ServeAsync(link);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is stopped.
        }
    }

    private async Task ServeAsync(MongoLink link)
    {
        var commands = new MongoCommands(_data, Port);
        try
        {
            while (await link.ReadAsync() is { } request)
            {
                await _going.Task;
                if (!await AnswerAsync(link, request, commands))
                    break;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The other side is gone, or it was cut off.
        }
        finally
        {
            _links.TryRemove(link, out _);
            link.Dispose();
        }
    }

    private async Task<bool> AnswerAsync(MongoLink link, MongoRequest request, MongoCommands commands)
    {
        var fault = Fault?.Invoke(request.Name) ?? MongoFault.None;
        if (fault == MongoFault.CutBefore)
            return false;

        Seen.AddOrUpdate(request.Name, 1, (_, count) => count + 1);
        var answer = commands.Run(request);
        if (fault == MongoFault.CutAfter)
            return false;

        await link.WriteAsync(request, answer);
        return true;
    }
}
