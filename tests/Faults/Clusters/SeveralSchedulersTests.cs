using System.Net;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Servers;
using BusIngest.Support.Timers;

namespace BusIngest.Faults.Clusters;

/// <summary>Timers where two processes of each role share one database: nothing is done twice, and nobody is missed.</summary>
public sealed class SeveralSchedulersTests(SharedCluster shared) : SeveralProcessesTest(shared), IAsyncLifetime
{
    private const int Timers = 96;
    private const int AtOnce = 12;
    private static readonly TimeSpan DeliveryDeadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan TakeoverDeadline = TimeSpan.FromSeconds(10);
    private readonly TimerLedger _ledger = new();
    private WebhookSink? _sink;

    private WebhookSink Sink => _sink!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _sink = await WebhookSink.StartAsync(Token);

    [Fact]
    public async Task Should_fire_each_timer_once_and_show_it_at_once_through_the_other_api()
    {
        await StartAsync();
        await UnderLoadAsync();
        await SetAsync("set", 0, 5);
        await DeliveredAsync(Timers);
        await VerifyTimersAsync();
    }

    [Fact]
    public async Task Should_fire_in_time_what_a_killed_scheduler_had_in_its_window()
    {
        await StartAsync();
        for (var round = 1; round <= Rounds.Cluster; round++)
        {
            await UnderLoadAsync();
            await SetAsync($"round-{round}", 3, 9);
            await RandomMomentAsync($"Round {round}: kill", 0, 3_000);
            var killed = Random.Next(2) == 0 ? ClusterNames.Sagas : ClusterNames.Sagas2;
            await KillAsync(killed);
            Log($"Killed {killed}, {Sink.Arrivals.Count} of {round * Timers} delivered");
            await DeliveredAsync(round * Timers);
            await RestartAsync(killed);
        }

        await VerifyTimersAsync();
        var late = Sink.Arrivals.Max(static arrival => arrival.At - arrival.DueAt);
        Log($"The latest came {late.TotalMilliseconds:0} ms after it was due");
        Assert.InRange(late, TimeSpan.Zero, TakeoverDeadline);
        AssertAnsweredInTime();
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (_sink is not null)
            await _sink.DisposeAsync();
    }

    private async Task SetAsync(string prefix, int fromSeconds, int toSeconds)
    {
        foreach (var numbers in Enumerable.Range(1, Timers).Chunk(AtOnce))
            await Task.WhenAll(numbers.Select(number => SetOneAsync($"{prefix}-{number}", number, Random.Next(fromSeconds, toSeconds + 1))));
    }

    private async Task SetOneAsync(string name, int number, int seconds)
    {
        var api = Cluster.Url(number % 2 == 0 ? ClusterNames.Api : ClusterNames.Api2);
        var timer = await new TimersApi(new CarsApi(() => api), _ledger).PostAsync(name, seconds, Sink.Url(name, WebhookBehaviour.Prompt), Token);
        Assert.True(timer is not null, $"{name} was not accepted: {string.Join('\n', _ledger.Violations)}");
        var shown = await new CarsApi(() => OtherApi(api)).SendAsync(HttpMethod.Get, $"api/v1/timer/{timer.Id}", null, Token);
        Assert.True(shown.Status == HttpStatusCode.OK, $"{name} is not shown by the other api: {(int)shown.Status} {shown.Text}");
    }

    private Task<int> DeliveredAsync(int count) => Eventually.BecomesAsync(
        $"{count} timers are delivered", _ => Task.FromResult(Sink.Arrivals.Count), called => called >= count, DeliveryDeadline, Token);

    /// <summary>The wait for rest shows calls that come twice.</summary>
    private async Task VerifyTimersAsync()
    {
        await VerifyAsync();
        Assert.Empty(_ledger.Violations);
        Assert.Empty(Sink.Violations);
        Assert.Equal(
            _ledger.Acknowledged.Select(static timer => timer.Id).Order(),
            Sink.Arrivals.Select(static arrival => arrival.TimerId).Order());
    }
}
