using System.Net;
using BusIngest.Faults.Orders;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Orders;
using BusIngest.Support.Servers;

namespace BusIngest.Faults.Clusters;

/// <summary>
/// Runs of orders over RabbitMQ and PostgreSQL, with two processes of workers: whatever is killed meanwhile, and whoever stands still, the
/// run goes on by itself, and every order is processed once, VIP ones first.
/// </summary>
public sealed class OrderTests(SharedCluster shared) : FaultTest, IClassFixture<SharedCluster>
{
    private const int Quantity = 200_000;
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenRecoveries = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PhaseDeadline = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["GENERATION_CHUNK_SIZE"] = "1000",
        ["NORMAL_ENQUEUE_BATCH_SIZE"] = "500",
        ["Orders__StuckAfterMs"] = "2000",
    };

    private static readonly string[] Killed =
        [ClusterNames.Workers, ClusterNames.Sagas, ClusterNames.Api, ClusterNames.RabbitMq, ClusterNames.Postgres];

    private Cluster? _cluster;

    private Cluster Cluster => _cluster ?? throw new InvalidOperationException("No cluster runs");

    private CarsApi Cars => new(() => Cluster.Url(ClusterNames.Api));

    private OrdersApi Api => new(Cars);

    [Fact]
    public async Task Should_end_done_when_one_after_another_is_killed_during_a_run()
    {
        await StartAsync();
        for (var round = 1; round <= Rounds.Cluster; round++)
        {
            var names = Killed.ToArray();
            Random.Shuffle(names);
            var runId = await Api.GenerateAsync(Quantity, Token);
            foreach (var name in names)
            {
                runId = await UnderWayAsync(runId);
                await RandomMomentAsync($"Round {round}: kill {name}", 0, 1_000);
                await Cluster.KillAsync(name);
                await RandomMomentAsync($"Restart {name}", 0, 1_500);
                await Cluster.RestartAsync(name);
            }

            await VerifyAsync(runId);
        }
    }

    [Fact]
    public async Task Should_process_each_order_once_when_others_take_over_from_a_worker_that_stands_still()
    {
        await StartAsync();
        for (var round = 1; round <= Rounds.Cluster; round++)
        {
            var runId = await Api.GenerateAsync(Quantity, Token);
            var phase = Random.Next(2) == 0 ? "GENERATING" : "WAITING_NORMAL_DRAIN";
            await Eventually.BecomesAsync(
                $"The run is in {phase}", Api.StatusAsync, status => string.Equals(status.Phase, phase, StringComparison.Ordinal), PhaseDeadline, Token);
            await RandomMomentAsync($"Round {round}: freeze in {phase}", 0, 300);
            await Cluster.FreezeAsync(ClusterNames.Workers2);
            var recovered = await RecoverAsync();
            var status = await Api.StatusAsync(Token);
            Log($"{recovered} jobs recovered, {status.Phase}, {status.Progress} while {ClusterNames.Workers2} stands still");
            await Cluster.ThawAsync(ClusterNames.Workers2);
            await VerifyAsync(runId);
        }
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_cluster is not null && TestContext.Current.TestState?.Result is TestResult.Failed)
        {
            foreach (var name in _cluster.Programs())
                Log($"--- {name}\n{_cluster.Log(name)}");
            await shared.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private async Task StartAsync()
    {
        _cluster = await shared.GetAsync(
            Settings, [ClusterNames.RabbitMq, ClusterNames.Postgres, ClusterNames.Api, ClusterNames.Workers, ClusterNames.Workers2, ClusterNames.Sagas]);
        await using var stored = new PostgresOrders(Cluster.DatabaseUrl);
        await stored.NoteAsync(Token);
    }

    /// <summary>The run, as long as it is under way; then another one.</summary>
    private async Task<Guid> UnderWayAsync(Guid runId)
    {
        var status = await Eventually.BecomesAsync("The status is shown", Api.StatusAsync, static _ => true, PhaseDeadline, Token);
        Log($"{status.Phase}, {status.Progress}");
        if (status.IsUnderWay)
            return runId;

        await VerifyAsync(runId);
        return await Api.GenerateAsync(Quantity, Token);
    }

    /// <summary>Recovers what is stuck, again and again as long as a worker stands still.</summary>
    private async Task<int> RecoverAsync()
    {
        var (begun, recovered) = (TimeProvider.System.GetTimestamp(), 0);
        while (TimeProvider.System.GetElapsedTime(begun) < Frozen)
        {
            await Task.Delay(BetweenRecoveries, TimeProvider.System, Token);
            try
            {
                recovered += await Api.RecoverStuckAsync(Token);
            }
            catch (HttpRequestException exception) when (exception.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                // The broker may give the question to the very worker that stands still, until it misses its heartbeats.
                Log($"Not recovered: {exception.Message}");
            }
        }

        return recovered;
    }

    private async Task VerifyAsync(Guid runId)
    {
        await using var stored = new PostgresOrders(Cluster.DatabaseUrl);
        await new OrderAccounting(Cars, stored).VerifyDoneAsync(runId, Quantity, Token);
    }
}
