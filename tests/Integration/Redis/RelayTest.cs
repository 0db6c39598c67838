using BusIngest.Bus.Outbox;
using BusIngest.Bus.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Redis;

/// <summary>A test with relays of its own.</summary>
public abstract class RelayTest : RedisTest
{
    private protected static readonly TimeSpan ClaimAfter = TimeSpan.FromSeconds(1);

    private protected static RedisOptions Options(RedisServer server) => At(server) with { RelayClaimAfter = ClaimAfter, RelayMaxInFlight = 32 };

    private protected static RedisRelay Relay(RedisProcess process, IMessageForwarder forwarder) => ActivatorUtilities.CreateInstance<RedisRelay>(
        process.Services,
        ActivatorUtilities.CreateInstance<RelayedEntries>(process.Services),
        ActivatorUtilities.CreateInstance<EntryForwarder>(process.Services, forwarder));

    private protected static async Task<Guid[]> FillAsync(RedisProcess process, int count)
    {
        await UntilAsync("There is a master", () => process.Get<RedisMaster>().Unavailable is null);
        var lane = new RedisLane(process.Get<RedisMaster>(), process.Get<DurableWrites>(), process.Get<RedisOptions>());
        var ids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).ToArray();
        await Task.WhenAll(ids.Select(id => lane.ForwardAsync(Message(id), Token)));
        return ids;
    }

    private protected Task UntilEmptyAsync(RedisServer server) =>
        UntilAsync("Nothing is left", async _ => await LengthAsync(server.Endpoint) == 0 && await PendingAsync(server.Endpoint) == 0);

    private protected async Task StartRelayAsync(RedisProcess process, IMessageForwarder forwarder)
    {
        var relay = Relay(process, forwarder);
        Own(new StoppedAtTheEnd(relay));
        await relay.StartAsync(Token);
    }

    private sealed class StoppedAtTheEnd(RedisRelay relay) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
            await relay.StopAsync(limit.Token);
            relay.Dispose();
        }
    }
}
