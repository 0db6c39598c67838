using System.Collections.Concurrent;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Supervision;
using BusIngest.Support.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Redis;

/// <summary>Relays whose bus, server, stream or peers are not well, and entries that nobody can read.</summary>
public sealed class RelayTroubleTests : RelayTest
{
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
}
