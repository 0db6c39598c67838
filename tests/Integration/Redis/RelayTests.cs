using System.Collections.Concurrent;
using BusIngest.Bus;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Redis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Integration.Redis;

/// <summary>Relays, from the stream to the bus.</summary>
public sealed class RelayTests : RelayTest
{
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
}
