using BusIngest.Bus;
using BusIngest.Bus.Requests;
using BusIngest.Bus.Transports.RabbitMq;
using BusIngest.Integration.RabbitMq.Parcels;
using BusIngest.Support;
using BusIngest.Support.Servers;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusIngest.Integration.RabbitMq;

/// <summary>What the lane does while its broker is killed, frozen, or has an alarm.</summary>
public sealed class BrokenBrokerTests(BrokenBrokerTests.Broker broker) : RabbitMqTest, IClassFixture<BrokenBrokerTests.Broker>
{
    /// <summary>The deadline of a publish, and what a loaded machine adds.</summary>
    private static readonly TimeSpan Promptly = TimeSpan.FromMilliseconds(900);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private string _url = "";

    private Cluster Cluster => broker.Cluster;

    private protected override TimeSpan PublishTimeout => TimeSpan.FromMilliseconds(400);

    public override async ValueTask InitializeAsync()
    {
        _url = Own(await ScratchVhost.CreateAsync(Cluster, Token)).Url;
        Own(new Revival(Cluster));
    }

    [Fact]
    public async Task Should_start_without_a_broker_and_begin_when_there_is_one()
    {
        await Cluster.KillAsync(ClusterNames.RabbitMq);

        var process = await StartAsync(_url, Roles.All);
        await FailsPromptlyAsync(() => process.Lane.ForwardAsync(Parcels(endpoint: null, 1), Token));
        Assert.Equal(HealthStatus.Degraded, (await process.Get<HealthCheckService>().CheckHealthAsync(Token)).Status);

        var returned = process.Lane.Returned.Next;
        await Cluster.UpAsync(ClusterNames.RabbitMq);
        await returned.WaitAsync(Soon, TimeProvider.System, Token);
        await process.ForwardUntilTakenAsync(Parcels(endpoint: null, 2));
        await ArriveAsync(ParcelConsumer.Queue, 2);
    }

    [Fact]
    public async Task Should_stop_soon_without_a_broker()
    {
        await Cluster.KillAsync(ClusterNames.RabbitMq);
        var process = await StartAsync(_url, Roles.All);
        await UntilAsync("trouble", () => process.Connection.Trouble is not null);

        var begun = TimeProvider.System.GetTimestamp();
        await process.StopAsync();

        Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(9), "the stop waited for the broker");
    }

    [Fact]
    public async Task Should_go_on_after_the_broker_was_killed()
    {
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        await process.ForwardUntilTakenAsync(Parcels(endpoint: null, 1));
        await ArriveAsync(ParcelConsumer.Queue, 1);

        await Cluster.KillAsync(ClusterNames.RabbitMq);
        await FailsPromptlyAsync(() => process.Lane.ForwardAsync(Parcels(endpoint: null, 2), Token));
        await FailsPromptlyAsync(() => ProbeAsync(process));

        var returned = process.Lane.Returned.Next;
        await Cluster.UpAsync(ClusterNames.RabbitMq);
        await returned.WaitAsync(Soon, TimeProvider.System, Token);
        await process.ForwardUntilTakenAsync(Parcels(endpoint: null, 3));
        await UntilAsync("the next parcel", () => Post.At(ParcelConsumer.Queue).Any(x => x.Number == 3));
    }

    [Fact]
    public async Task Should_lose_nothing_that_was_confirmed_when_the_broker_is_killed_under_load()
    {
        const int Callers = 32;
        const int Each = 40;
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        var confirmed = 0;

        var load = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await process.ForwardUntilTakenAsync(Parcels(endpoint: null, (caller * Each) + i));
                Interlocked.Increment(ref confirmed);
            }
        }, Token)));
        await UntilAsync("half of them", () => Volatile.Read(ref confirmed) > Callers * Each / 2);
        await Cluster.KillAsync(ClusterNames.RabbitMq);
        await Cluster.UpAsync(ClusterNames.RabbitMq);
        await load;

        await UntilAsync("all", () => Post.At(ParcelConsumer.Queue).Select(x => x.Number).Distinct().Count() == Callers * Each);
    }

    [Fact]
    public async Task Should_answer_within_the_deadline_while_the_broker_is_frozen()
    {
        const int Callers = 64;
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        await Cluster.FreezeAsync(ClusterNames.RabbitMq);
        try
        {
            // More than the socket takes, so that some wait for their turn to write.
            for (var round = 0; round < 5; round++)
            {
                var first = round * Callers;
                await Task.WhenAll(Enumerable.Range(first, Callers).Select(number =>
                    FailsPromptlyAsync(() => process.Lane.ForwardAsync(LargeParcel(number), Token), TimeSpan.FromSeconds(3))));
            }

            await FailsPromptlyAsync(() => ProbeAsync(process));
        }
        finally
        {
            await Cluster.ThawAsync(ClusterNames.RabbitMq);
        }

        await process.ForwardUntilTakenAsync(Parcels(endpoint: null, -1));
        await UntilAsync("the next one", () => Post.At(ParcelConsumer.Queue).Any(x => x.Number == -1));
        var number = 10_000;
        await Task.WhenAll(Enumerable.Range(number, Callers).Select(n => process.ForwardUntilTakenAsync(Parcels(endpoint: null, n))));
        await UntilAsync("all", () => Post.At(ParcelConsumer.Queue).Select(x => x.Number).Distinct().Count(n => n >= number) == Callers);
    }

    [Fact]
    public async Task Should_give_up_a_connection_that_is_frozen_for_long_and_be_back_soon_after()
    {
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        await Cluster.FreezeAsync(ClusterNames.RabbitMq);
        try
        {
            await UntilAsync("the heartbeats to be missed", () => process.Connection.Trouble is not null);
            await UntilAsync(
                "failures at once", () => process.Connection.SessionAsync(Token) is { IsFaulted: true } or { IsCanceled: true });
        }
        finally
        {
            await Cluster.ThawAsync(ClusterNames.RabbitMq);
        }

        await process.ForwardUntilTakenAsync(Parcels(endpoint: null, 1));
        await UntilAsync("the parcel", () => Post.At(ParcelConsumer.Queue).Any(x => x.Number == 1));
    }

    [Fact]
    public async Task Should_fail_its_probe_while_an_alarm_is_on()
    {
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        await Eventually.HoldsAsync("a probe", _ => ProbesAsync(process), Soon, Token);

        await RabbitMqControl.RaiseAlarmAsync(Cluster, Token);
        await FailsPromptlyAsync(() => process.Lane.ForwardAsync(Parcels(endpoint: null, 1), Token));
        await FailsPromptlyAsync(() => ProbeAsync(process));
        await UntilAsync("the alarm's reason", () => process.Connection.Trouble?.Contains("memory", StringComparison.Ordinal) == true);

        var returned = process.Lane.Returned.Next;
        await RabbitMqControl.ClearAlarmAsync(Cluster, Token);
        await returned.WaitAsync(Soon, TimeProvider.System, Token);
        await Eventually.HoldsAsync("the probe", _ => ProbesAsync(process), Soon, Token);
        await process.ForwardUntilTakenAsync(Parcels(endpoint: null, 2));
        await UntilAsync("the parcel", () => Post.At(ParcelConsumer.Queue).Any(x => x.Number == 2));
    }

    [Fact]
    public async Task Should_not_carry_out_after_an_alarm_what_was_given_up_during_it()
    {
        const int Requests = 6;
        var process = await StartAsync(_url, Roles.All);
        await process.UntilUpAsync();
        Assert.True(await AnswersAsync(process, -1, TimeSpan.FromSeconds(20)));
        await RabbitMqControl.RaiseAlarmAsync(Cluster, Token);
        var answered = new List<int> { -1 };
        for (var number = 0; number < Requests; number++)
        {
            // The first publish of a connection is what has it blocked, and is still taken in.
            if (await AnswersAsync(process, number, TimeSpan.FromSeconds(1)))
                answered.Add(number);
        }

        await RabbitMqControl.ClearAlarmAsync(Cluster, Token);
        await Eventually.HoldsAsync("an answer", _ => AnswersAsync(process, 100, TimeSpan.FromSeconds(5)), Soon, Token);

        Assert.True(answered.Count < Requests, "the alarm blocked nobody");
        Assert.Empty(Post.At(LetterConsumer.Queue).Select(x => x.Number).Where(number => number < 100).Except(answered));
    }

    private static async Task<bool> AnswersAsync(RabbitMqProcess process, int number, TimeSpan within)
    {
        var client = process.Get<IClientFactory>().CreateRequestClient<Letter>();
        using var limit = new CancellationTokenSource(within, TimeProvider.System);
        try
        {
            await client.GetResponse<LetterRead>(new Letter(number), new RequestWait(within, TimeProvider.System).Attach, limit.Token, within).WaitAsync(limit.Token);
            return true;
        }
        catch (Exception exception) when (exception is RequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static Bus.Inbox.InboxEntry LargeParcel(int number)
    {
        var entry = Parcels(endpoint: null, number);
        return entry with { Body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes([new Parcel(number, new string('x', 100_000))], ParcelsJson.Default.ParcelArray) };
    }

    /// <summary>As a breaker probes.</summary>
    private static async Task ProbeAsync(RabbitMqProcess process)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(400), TimeProvider.System);
        try
        {
            await process.Lane.ProbeAsync(deadline.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new RabbitMqUnavailableException("The probe was not confirmed.", exception);
        }
    }

    private static async Task<bool> ProbesAsync(RabbitMqProcess process) =>
        await Record.ExceptionAsync(() => ProbeAsync(process)) is null && process.Connection.Trouble is null;

    private static async Task FailsPromptlyAsync(Func<Task> call, TimeSpan? within = null)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var failure = await Record.ExceptionAsync(call);

        Assert.IsType<RabbitMqUnavailableException>(failure);
        var elapsed = TimeProvider.System.GetElapsedTime(begun);
        Assert.True(elapsed < (within ?? Promptly), $"it took {elapsed.TotalMilliseconds:0} ms");
    }

    /// <summary>Starts the broker again after a test that left it dead.</summary>
    private sealed class Revival(Cluster cluster) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await cluster.UpAsync(ClusterNames.RabbitMq);
    }

    /// <summary>A broker for tests that break it.</summary>
    public sealed class Broker : IAsyncLifetime
    {
        private Cluster? _cluster;

        public Cluster Cluster => _cluster ?? throw new InvalidOperationException("The broker is not started");

        public async ValueTask InitializeAsync() => _cluster = await Cluster.StartAsync(ClusterNames.RabbitMq);

        public async ValueTask DisposeAsync()
        {
            if (_cluster is not null)
                await _cluster.DisposeAsync();
        }
    }
}
