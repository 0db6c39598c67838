using BusIngest.Bus;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Sagas.Mongo;
using BusIngest.Bus.Sagas.Remote;
using BusIngest.Integration.Remote;
using BusIngest.Support.Mongo;
using MassTransit;

namespace BusIngest.Integration.Mongo;

/// <summary>Sagas in MongoDB: on the small server of the tests, or the one that BUSINGEST_MONGO names.</summary>
public sealed class SagaTests : RemoteSagaTests
{
    private readonly MongoScratch _mongo;

    public SagaTests(SharedServers servers)
        : base(servers) => _mongo = Own(MongoScratch.Start());

    [Fact]
    public async Task Should_lose_and_double_nothing_when_connections_are_cut()
    {
        Assert.SkipWhen(MongoScratch.IsReal, "A real server's connections are not cut");
        var (process, told) = await StartAsync();
        var faults = new Random(11);
        _mongo.Fake!.Fault = command => command is "update" or "insert" or "find" or "findAndModify" && faults.Next(5) == 0
            ? faults.Next(2) == 0 ? MongoFault.CutBefore : MongoFault.CutAfter
            : MongoFault.None;
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(Enumerable.Repeat(ids, 8).SelectMany(all => all).Select(id => SendAsync(process, new Redis.Add(id))));

        await UntilAsync("All are told", () => told.Count == 40);
        Assert.All(told.GroupBy(counted => counted.Id), saga => Assert.Equal(Enumerable.Range(1, 8), saga.Select(counted => counted.Count).Order()));
    }

    private protected override Task<BusOptions> OptionsAsync() => Task.FromResult(new BusOptions
    {
        Mongo = MongoOptions.Parse(_mongo.Uri) with { Timeout = TimeSpan.FromSeconds(2) },
        Roles = Roles.All & ~Roles.Workers,
    });

    private protected override void Keep(ISagaRegistrationConfigurator<Redis.Tally> saga, string kind) => saga.MongoRepository(kind, Redis.TallyJson.Default.Tally);

    private protected override IKeptSagas Sagas(Redis.RedisProcess process) => process.Get<MongoSagas>();

    private protected override async Task<IAsyncDisposable> PauseWritesAsync()
    {
        Assert.SkipWhen(MongoScratch.IsReal, "A real server is not stalled");
        _mongo.Fake!.Stall();
        await Task.CompletedTask;
        return new Going(_mongo.Fake);
    }

    private sealed class Going(FakeMongo fake) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            fake.Go();
            return ValueTask.CompletedTask;
        }
    }
}
