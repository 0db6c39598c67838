using System.Collections.Concurrent;
using BusIngest.Bus;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Supervision;
using BusIngest.Support.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Redis;

/// <summary>Relays, from the stream to the bus.</summary>
public sealed class RelayTests : RedisTest
{
    private static readonly TimeSpan ClaimAfter = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Should_hand_on_all_in_order_and_leave_nothing()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        var forwarder = new RecordingForwarder();
        var ids = await FillAsync(process, 500);

        await StartRelayAsync(process, forwarder);

        await UntilAsync("All are handed on", () => forwarder.Done.Count >= ids.Length);
        Assert.Equal(ids, forwarder.Done);
        await UntilEmptyAsync(server);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01;00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01@7")]
    public async Task Should_hand_on_the_traces_that_records_belong_to(string? trace)
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        var seen = new ConcurrentQueue<string?>();
        var forwarder = new RecordingForwarder
        {
            Work = (entry, _) =>
            {
                seen.Enqueue(entry.Trace);
                return Task.CompletedTask;
            },
        };
        await UntilAsync("There is a master", () => process.Get<RedisMaster>().Unavailable is null);
        var lane = new RedisLane(process.Get<RedisMaster>(), process.Get<DurableWrites>(), process.Get<RedisOptions>());
        await lane.ForwardAsync(Message(Guid.NewGuid()) with { Trace = trace }, Token);

        await StartRelayAsync(process, forwarder);

        await UntilAsync("It is handed on", () => !seen.IsEmpty);
        Assert.Equal(trace, seen.First());
    }

    [Fact]
    public async Task Should_share_the_work_among_relays()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        RecordingForwarder[] forwarders = [new(), new()];
        foreach (var forwarder in forwarders)
            await StartRelayAsync(process, forwarder);

        var ids = await FillAsync(process, 1_000);

        await UntilAsync("All are handed on", () => forwarders.Sum(forwarder => forwarder.Done.Count) >= ids.Length);
        await UntilEmptyAsync(server);
        Assert.Equal(ids.Order(), forwarders.SelectMany(forwarder => forwarder.Done).Order());
    }

    [Fact]
    public async Task Should_try_again_what_the_bus_does_not_take()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        var refused = new ConcurrentDictionary<Guid, byte>();
        var forwarder = new RecordingForwarder
        {
            Work = (entry, _) => refused.TryAdd(entry.MessageId, 0) ? Task.FromException(new IOException("not yet")) : Task.CompletedTask,
        };

        await StartRelayAsync(process, forwarder);
        var ids = await FillAsync(process, 20);

        await UntilAsync("All are handed on", () => forwarder.Done.Count >= ids.Length);
        Assert.Equal(ids.Order(), forwarder.Done.Order());
        await UntilEmptyAsync(server);
    }

    [Fact]
    public async Task Should_take_over_from_a_relay_that_is_gone()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        var stuck = new RecordingForwarder { Work = (_, deadline) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, deadline) };
        var gone = Relay(process, stuck);
        await gone.StartAsync(Token);
        var ids = await FillAsync(process, 30);
        await UntilAsync("It has them in hand", () => stuck.Begun.Count == ids.Length);
        gone.Dispose();

        var forwarder = new RecordingForwarder();
        await StartRelayAsync(process, forwarder);

        await UntilAsync("Another has handed them on", () => forwarder.Done.Count >= ids.Length);
        Assert.Equal(ids.Order(), forwarder.Done.Order());
        await UntilEmptyAsync(server);
    }

    [Fact]
    public async Task Should_leave_a_slow_relay_what_it_has_in_hand()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        var held = new TaskCompletionSource();
        var slow = new RecordingForwarder { Work = (_, deadline) => held.Task.WaitAsync(deadline) };
        await StartRelayAsync(process, slow);
        var ids = await FillAsync(process, 10);
        await UntilAsync("It has them in hand", () => slow.Begun.Count == ids.Length);
        var other = new RecordingForwarder();
        await StartRelayAsync(process, other);

        // Nothing is to happen, for a few times as long as it would take.
        var begun = TimeProvider.System.GetTimestamp();
        await UntilAsync("Some time has passed", () => TimeProvider.System.GetElapsedTime(begun) > ClaimAfter * 4);
        held.SetResult();

        await UntilEmptyAsync(server);
        Assert.Empty(other.Begun);
        Assert.Equal(ids, slow.Begun);
    }

    [Fact]
    public async Task Should_go_on_when_stream_and_group_are_gone()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        var forwarder = new RecordingForwarder();
        await StartRelayAsync(process, forwarder);
        var first = await FillAsync(process, 1);
        await UntilAsync("It is handed on", () => forwarder.Done.Count == 1);

        await process.Get<RedisMaster>().Connection.SendAsync("DEL", RedisKeys.Outbox).WaitAsync(Token);
        var second = await FillAsync(process, 10);

        await UntilAsync("All are handed on", () => forwarder.Done.Count >= 11);
        Assert.Equal([.. first, .. second], forwarder.Done);
    }

    [Fact]
    public async Task Should_leave_no_relay_in_the_group_after_a_stop()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        var forwarder = new RecordingForwarder();
        var relay = Own(Relay(process, forwarder));
        await relay.StartAsync(Token);
        await FillAsync(process, 10);
        await UntilEmptyAsync(server);

        await relay.StopAsync(Token);

        var connection = process.Get<RedisMaster>().Connection;
        await UntilAsync("It has left", async token =>
            (await connection.SendAsync("XINFO", "CONSUMERS", RedisKeys.Outbox, OutboxStream.Group).WaitAsync(token)).Items().Length == 0);
    }

    [Fact]
    public async Task Should_be_seen_by_the_supervisor_when_it_gets_on_and_when_it_does_not()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        await StartRelayAsync(process, new RecordingForwarder());
        await FillAsync(process, 1);
        await UntilEmptyAsync(server);
        string[] names = ["redis-master", "redis-relay", "redis-removal"];
        var loops = process.Get<Supervisor>().Loops.Where(loop => names.Contains(loop.Name, StringComparer.Ordinal)).ToList();
        Assert.Equal(names, loops.Select(loop => loop.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        await UntilAsync("All have succeeded", () => loops.TrueForAll(loop => loop.LastSuccess is not null));

        await server.DisposeAsync();

        await UntilAsync("Master and relay owe something, and say why", () =>
            loops.Where(loop => loop.Name is not "redis-removal").All(loop => loop is { Trouble: not null, Failures: > 0 } && loop.Owing > TimeSpan.Zero));
    }

    [Fact]
    public async Task Should_take_again_what_an_answer_has_not_brought()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(At(server) with { RelayClaimAfter = TimeSpan.FromMinutes(10), RelayMaxInFlight = 1 }));
        var held = new TaskCompletionSource();
        var forwarder = new RecordingForwarder { Work = (_, deadline) => held.Task.WaitAsync(deadline) };
        await StartRelayAsync(process, forwarder);
        var first = await FillAsync(process, 1);
        await UntilAsync("The relay has no room", () => forwarder.Begun.Count == 1);
        var lost = await FillAsync(process, 2);

        // As the server sees it, the relay has had these.
        var connection = process.Get<RedisMaster>().Connection;
        var relay = (await connection.SendAsync("XINFO", "CONSUMERS", RedisKeys.Outbox, OutboxStream.Group).WaitAsync(Token)).Items()[0].Items()[1].Text();
        var answer = await new RelayGroup(connection, relay).ReadAsync(10, TimeSpan.FromMilliseconds(1), Token);
        Assert.Equal(2, answer.Count);
        held.SetResult();

        await UntilAsync("All are handed on", () => forwarder.Done.Count == 3);
        Assert.Equal([.. first, .. lost], forwarder.Done);
        await UntilEmptyAsync(server);
    }

    [Fact]
    public async Task Should_keep_an_entry_that_nobody_can_read_as_failed()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        await UntilAsync("There is a master", () => process.Get<RedisMaster>().Unavailable is null);
        var connection = process.Get<RedisMaster>().Connection;
        await connection.SendAsync("XADD", RedisKeys.Outbox, "*", "what", "ever").WaitAsync(Token);
        await connection.SendAsync("XADD", RedisKeys.Outbox, "*", "id", "x", "type", "Note", "endpoint", "", "records", "-1").WaitAsync(Token);
        var forwarder = new RecordingForwarder();

        await StartRelayAsync(process, forwarder);
        var ids = await FillAsync(process, 1);

        await UntilEmptyAsync(server);
        Assert.Equal(ids, forwarder.Done);
        await using var context = process.Get<DeliveryContext>();
        Assert.Equal(["unreadable", "unreadable"], await context.FailedMessages.Select(failed => failed.MessageType).ToListAsync(Token));
    }

    [Fact]
    public async Task Should_keep_a_message_that_can_not_be_unpacked_as_failed()
    {
        var server = await StartAloneAsync();
        var process = Own(await RedisProcess.StartAsync(Options(server)));
        var forwarder = new RecordingForwarder { Work = (_, _) => throw new System.Text.Json.JsonException("no array") };
        await StartRelayAsync(process, forwarder);

        var ids = await FillAsync(process, 2);

        await UntilEmptyAsync(server);
        await using var context = process.Get<DeliveryContext>();
        Assert.Equal(ids.Order(), (await context.FailedMessages.Select(failed => failed.MessageId).ToListAsync(Token)).Order());
    }

    [Fact]
    public async Task Should_let_the_consumers_of_one_process_have_each_message_and_wait_for_them()
    {
        var server = await StartAloneAsync();
        var heard = new ConcurrentBag<int>();
        var process = Own(await RedisProcess.StartAsync(
            Options(server),
            services => services
                .AddSingleton(heard)
                .AddRecord(TallyJson.Default.Word, TallyJson.Default.WordArray)
                .AddRedisLane()
                .AddRedisRelay(provider => provider.GetRequiredService<InProcessForwarder>()),
            bus => bus.AddConsumer<WordConsumer>().Endpoint(endpoint => endpoint.Name = "words")));
        await UntilAsync("There is a master", () => process.Get<RedisMaster>().Unavailable is null);
        var lane = process.Get<IPrimaryLane>();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => lane.ForwardAsync(
            Message(Guid.NewGuid(), type: nameof(Word)) with { Body = System.Text.Encoding.UTF8.GetBytes($$"""[{"number":{{number}}}]""") }, Token)));

        await UntilEmptyAsync(server);
        Assert.Equal(Enumerable.Range(0, 200), heard.Order());
    }

    [Fact]
    public async Task Should_hand_on_what_was_confirmed_over_a_failover()
    {
        var cluster = await StartClusterAsync();
        var options = Behind(cluster) with { RelayClaimAfter = ClaimAfter };
        var process = Own(await RedisProcess.StartAsync(options));
        await UntilAsync("There is a master", () => process.Get<RedisMaster>().Unavailable is null);
        var forwarder = new RecordingForwarder();
        await StartRelayAsync(process, forwarder);
        await using var load = new LaneLoad(new RedisLane(process.Get<RedisMaster>(), process.Get<DurableWrites>(), options));
        await UntilAsync("Some are confirmed", () => load.Confirmed.Count > 1_000);

        await cluster.KillAsync(ClusterNames.RedisMaster);
        await UntilAsync("Another is the master", () => process.Get<RedisMaster>().LastPromotion is not null);
        await cluster.UpAsync(ClusterNames.RedisMaster);
        var before = load.Confirmed.Count;
        await UntilAsync("More are confirmed", () => load.Confirmed.Count > before + 1_000);
        await load.DisposeAsync();

        await UntilAsync("All that was confirmed is handed on", () => load.Confirmed.ToHashSet().IsSubsetOf(forwarder.Done));
        await UntilAsync("Nothing is left", async _ => await LengthAsync(process.Get<RedisMaster>().Endpoint!) == 0);
    }

    private static RedisOptions Options(RedisServer server) => At(server) with { RelayClaimAfter = ClaimAfter, RelayMaxInFlight = 32 };

    private static RedisRelay Relay(RedisProcess process, IMessageForwarder forwarder) => ActivatorUtilities.CreateInstance<RedisRelay>(
        process.Services,
        ActivatorUtilities.CreateInstance<RelayedEntries>(process.Services),
        ActivatorUtilities.CreateInstance<EntryForwarder>(process.Services, forwarder));

    private static async Task<Guid[]> FillAsync(RedisProcess process, int count)
    {
        await UntilAsync("There is a master", () => process.Get<RedisMaster>().Unavailable is null);
        var lane = new RedisLane(process.Get<RedisMaster>(), process.Get<DurableWrites>(), process.Get<RedisOptions>());
        var ids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).ToArray();
        await Task.WhenAll(ids.Select(id => lane.ForwardAsync(Message(id), Token)));
        return ids;
    }

    private Task UntilEmptyAsync(RedisServer server) =>
        UntilAsync("Nothing is left", async _ => await LengthAsync(server.Endpoint) == 0 && await PendingAsync(server.Endpoint) == 0);

    private async Task StartRelayAsync(RedisProcess process, IMessageForwarder forwarder)
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
