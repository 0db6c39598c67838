using StackExchange.Redis;

namespace BusIngest.Integration.Servers;

/// <summary>A connection to one Redis server or sentinel.</summary>
/// <param name="endpoint">host:port.</param>
/// <param name="sentinel">Whether it is a sentinel, which knows few commands.</param>
internal sealed class RedisConnection(string endpoint, bool sentinel = false) : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection = ConnectionMultiplexer.Connect(new ConfigurationOptions
    {
        EndPoints = { endpoint },
        CommandMap = sentinel ? CommandMap.Sentinel : CommandMap.Default,
        TieBreaker = "",
        ConnectTimeout = 5_000,
    });

    public IDatabase Database => _connection.GetDatabase();

    public IServer Server => _connection.GetServer(endpoint);

    public async ValueTask DisposeAsync()
    {
        await _connection.CloseAsync();
        _connection.Dispose();
    }
}
