using BusIngest.Bus.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace BusIngest.Bus.Mongo;

/// <summary>The connection to MongoDB, made by the first who asks for something, and what was wrong with it last.</summary>
public sealed class MongoServer : IDisposable
{
    private const int LongestReason = 200;
    private static readonly BsonDocument Ping = new("ping", 1);

    private readonly MongoOptions _options;
    private readonly TimeProvider _time;
    private readonly Lazy<MongoClient> _client;
    private volatile string? _unavailable;

    /// <summary>Connects to nothing yet.</summary>
    public MongoServer(MongoOptions options, TimeProvider time)
    {
        (_options, _time, Name) = (options, time, options.ToString());
        _client = new(() => new MongoClient(options.Settings()));
    }

    /// <summary>What to call it in messages; it holds no password.</summary>
    public string Name { get; }

    /// <summary>Why it could not be used the last time; null when it could, or nobody has asked yet.</summary>
    public string? Unavailable => _unavailable;

    /// <summary>Whether it answers.</summary>
    /// <exception cref="StorageUnavailableException">It does not.</exception>
    public Task PingAsync(CancellationToken cancellationToken) => RunAsync(
        (database, deadline) => database.RunCommandAsync<BsonDocument>(Ping, ReadPreference.Primary, deadline), cancellationToken);

    /// <summary>Does something there, within the time that it may take.</summary>
    /// <exception cref="StorageUnavailableException">It is out of reach, or refuses; whether it happened may be unknown.</exception>
    public async Task<T> RunAsync<T>(Func<IMongoDatabase, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var done = await work(_client.Value.GetDatabase(_options.Database), deadline.Token);
            _unavailable = null;
            return done;
        }
        catch (Exception exception) when (IsTrouble(exception) && !cancellationToken.IsCancellationRequested)
        {
            _unavailable = $"{Name}: {Reason(exception)}";
            throw new StorageUnavailableException(_unavailable, exception);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private static bool IsTrouble(Exception exception) =>
        exception is MongoException or TimeoutException or OperationCanceledException or IOException or System.Net.Sockets.SocketException;

    /// <summary>The driver tells of all servers it knows, over pages.</summary>
    private static string Reason(Exception exception)
    {
        if (exception is TimeoutException or OperationCanceledException)
            return "no server that can be written to answers in time";

        var line = exception.Message.ReplaceLineEndings(" ");
        return line.Length <= LongestReason ? line : string.Concat(line.AsSpan(0, LongestReason), "…");
    }
}
