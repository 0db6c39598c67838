using System.Net;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Servers;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.Clusters;

/// <summary>
/// A whole cluster under load: real servers and one process of each role, the generator at full speed and a client that posts. Whatever
/// breaks, the client has a durable answer within a second, and in the end everything that was acknowledged is stored once.
/// </summary>
public abstract class ClusterFaultTest(SharedCluster shared) : FaultTest, IClassFixture<SharedCluster>
{
    private const int CarsOfALoad = 500;
    private static readonly TimeSpan LoadDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(1);

    private readonly Acknowledgements _acknowledgements = new();
    private Cluster? _cluster;
    private PostingClient? _client;
    private volatile bool _apiServes;

    /// <summary>What the client was promised.</summary>
    protected Acknowledgements Acknowledgements => _acknowledgements;

    /// <summary>The routes of the api.</summary>
    protected CarsApi Api => new(() => Cluster.Url(ClusterNames.Api));

    /// <summary>The running cluster.</summary>
    protected Cluster Cluster => _cluster ?? throw new InvalidOperationException("No cluster runs");

    /// <summary>Starts everything, and the load; then breaks something at a random moment, as often as <see cref="Rounds.Cluster"/> says, and checks the ledgers.</summary>
    /// <param name="lane">OUTBOX_LANE.</param>
    /// <param name="fault">Breaks something and mends it; gets the number of the round, from 1.</param>
    protected async Task SurviveAsync(string lane, Func<int, Task> fault)
    {
        await StartAsync(lane);
        for (var round = 1; round <= Rounds.Cluster; round++)
        {
            await UnderLoadAsync();
            await RandomMomentAsync($"Round {round}: break", 100, 3_000);
            await fault(round);
        }

        await UnderLoadAsync();
        await VerifyAsync();
        AssertAnsweredInTime();
    }

    /// <summary>Ends the load, waits for rest, and checks the ledgers.</summary>
    protected async Task VerifyAsync()
    {
        await _client!.StopAsync();
        await ClusterAccounting.VerifyAsync(Cluster, _acknowledgements, Token);
    }

    /// <summary>Whatever broke, nobody waited for longer than a second, on a machine that is not overloaded.</summary>
    protected void AssertAnsweredInTime() => Assert.True(
        _acknowledgements.LongestWait < MachineLoad.Stretch(AnswerDeadline),
        $"A client waited {_acknowledgements.LongestWait.TotalMilliseconds:0} ms for its answer");

    /// <summary>Kills a component, leaves it dead for a random while, and starts it again.</summary>
    protected async Task KillAndRestartAsync(string name, int fromMs = 0, int toMs = 3_000)
    {
        await KillAsync(name);
        await RandomMomentAsync($"Restart {name}", fromMs, toMs);
        await RestartAsync(name);
    }

    /// <summary>SIGKILL.</summary>
    protected async Task KillAsync(params string[] names)
    {
        if (names.Contains(ClusterNames.Api, StringComparer.Ordinal))
            _apiServes = false;
        await Cluster.KillAsync(names);
    }

    /// <summary>Starts it again, and returns when it is ready.</summary>
    protected async Task RestartAsync(params string[] names)
    {
        await Cluster.RestartAsync(names);
        if (names.Contains(ClusterNames.Api, StringComparer.Ordinal))
            _apiServes = true;
    }

    /// <summary>Freezes a component for so long, while clients must be answered.</summary>
    protected async Task FreezeAsync(string name, TimeSpan time)
    {
        await Cluster.FreezeAsync(name);
        await OutlastAsync(name, time);
        await Cluster.ThawAsync(name);
    }

    /// <summary>Lets the time pass in which something is out of reach; clients must have been answered meanwhile.</summary>
    protected async Task OutlastAsync(string what, TimeSpan time)
    {
        Log($"{what} is out of reach for {time.TotalSeconds} s");
        var answered = UnderLoadAsync();
        await Task.Delay(time, TimeProvider.System, Token);
        await answered;
    }

    /// <summary>Returns when the client has had more of its cars acknowledged.</summary>
    protected Task UnderLoadAsync() => _acknowledgements.WaitForMoreAsync(CarsOfALoad, LoadDeadline, Token);

    /// <summary>Returns when the breaker of the api's outbox is in this state.</summary>
    protected Task CircuitAsync(string state) => Eventually.BecomesAsync(
        $"The circuit is {state}",
        async token => (await Api.GetAsync("outbox", token)).GetProperty("circuit").GetString(),
        seen => string.Equals(seen, state, StringComparison.Ordinal),
        LoadDeadline,
        Token);

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_client is not null)
            await _client.DisposeAsync();
        if (_cluster is not null && TestContext.Current.TestState?.Result is TestResult.Failed)
        {
            LogOutputs(_cluster);
            await shared.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    /// <summary>Starts what does not run yet, the generator at full speed, and a client that posts.</summary>
    /// <param name="lane">OUTBOX_LANE.</param>
    /// <param name="more">More processes of the program than one of each role.</param>
    /// <param name="address">Where the client posts; the api, unless it says otherwise.</param>
    /// <param name="options">How the client posts.</param>
    protected async Task StartAsync(string lane, IReadOnlyList<string>? more = null, Func<Cluster, Uri>? address = null, PostingOptions? options = null)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OUTBOX_LANE"] = lane,
            ["SEEDER_ENABLED"] = "true",
            ["CAR_GENERATION_INTERVAL_MS"] = "0",
            ["WEBHOOKS_ALLOWED_HOSTS"] = "127.0.0.1",
            ["WEBHOOKS_SECRET"] = SignatureCheck.Secret,
        };
        _cluster = await shared.GetAsync(settings, [.. ClusterNames.Servers, .. ClusterNames.Programs, .. more ?? []]);
        await Eventually.HoldsAsync("The seeder starts", StartSeederAsync, LoadDeadline, Token);
        _apiServes = true;
        address ??= static cluster => cluster.Url(ClusterNames.Api);
        _client = PostingClient.Start(() => _apiServes ? address(Cluster) : null, _acknowledgements, Random, options);
    }

    private async Task<bool> StartSeederAsync(CancellationToken cancellationToken) =>
        (await Api.SendAsync(HttpMethod.Post, "cars/seeder/start", null, cancellationToken)).Status is HttpStatusCode.OK;

    private static void LogOutputs(Cluster cluster)
    {
        foreach (var name in cluster.Programs())
            Log($"--- {name}\n{cluster.Log(name)}");
    }
}
