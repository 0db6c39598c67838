using StackExchange.Redis;

namespace BusIngest.Support.Servers;

/// <summary>A connection of a test to one Redis server or sentinel.</summary>
/// <param name="endpoint">host:port.</param>
/// <param name="password">Its password.</param>
/// <param name="sentinel">Whether it is a sentinel, which knows few commands.</param>
public sealed class RedisProbe(string endpoint, string password, bool sentinel = false) : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection = ConnectionMultiplexer.Connect(new ConfigurationOptions
    {
        EndPoints = { endpoint },
        Password = password,
        CommandMap = sentinel ? CommandMap.Sentinel : CommandMap.Default,
        TieBreaker = "",
        ConfigurationChannel = "",
        ConnectTimeout = 5_000,
        // The library counts INFO and its like among an administrator's commands.
        AllowAdmin = true,
    });

    /// <summary>For the commands of a server.</summary>
    public IDatabase Database => _connection.GetDatabase();

    /// <summary>For those of a sentinel.</summary>
    public IServer Server => _connection.GetServer(endpoint);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _connection.CloseAsync();
        _connection.Dispose();
    }
}
