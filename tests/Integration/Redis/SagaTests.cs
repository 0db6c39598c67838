using BusIngest.Bus;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Sagas.Redis;
using BusIngest.Bus.Sagas.Remote;
using BusIngest.Integration.Remote;
using MassTransit;

namespace BusIngest.Integration.Redis;

/// <summary>Sagas in Redis.</summary>
public sealed class SagaTests(SharedServers servers) : RemoteSagaTests(servers)
{
    private RedisServer? _server;

    private protected override async Task<BusOptions> OptionsAsync() => new() { Redis = At(_server ??= await StartAloneAsync()) };

    private protected override void Keep(ISagaRegistrationConfigurator<Tally> saga, string kind) => saga.RedisRepository(kind, TallyJson.Default.Tally);

    private protected override IKeptSagas Sagas(RedisProcess process) => process.Get<RedisSagas>();

    private protected override async Task<IAsyncDisposable> PauseWritesAsync()
    {
        var connection = await RedisConnection.OpenAsync(_server!.Endpoint, RedisAccess.Open, Token);
        await connection.SendAsync("CLIENT", "PAUSE", 60_000, "WRITE").WaitAsync(Token);
        return new Pause(connection);
    }

    private protected override Task ReadyAsync(RedisProcess process) =>
        UntilAsync("There is a master", () => process.Get<RedisMaster>().Unavailable is null);

    private sealed class Pause(RedisConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await connection.SendAsync("CLIENT", "UNPAUSE").WaitAsync(Token);
            connection.Dispose();
        }
    }
}
