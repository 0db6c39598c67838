using BusIngest.Integration.Postgres.Work;
using MassTransit;

namespace BusIngest.Integration.Postgres;

/// <summary>The schedule in PostgreSQL, with several schedulers at it.</summary>
public sealed class ScheduleTests(SharedServers servers) : PostgresTest(servers)
{
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(10);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Should_fire_each_of_five_thousand_once_with_two_schedulers()
    {
        const int Messages = 5_000;
        var due = Now + TimeSpan.FromSeconds(3);
        Bench.OnJob = async context =>
        {
            for (var number = 0; number < Messages; number++)
                await context.ScheduleSend(new Uri($"queue:{DoneConsumer.Queue}"), due.UtcDateTime, new JobDone(number), Token);
        };
        var (first, second) = (await StartAsync(), await StartAsync());

        await first.SendAsync(JobConsumer.Queue, new Job(1));

        await EffectsBecomeAsync(DoneConsumer.Queue, Enumerable.Range(0, Messages));
        await UntilRestAsync();
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM scheduled_messages"));
        Assert.Equal(Messages, first.Forwarder.Sent.Keys.Concat(second.Forwarder.Sent.Keys).Distinct().Count(sent => sent.Endpoint is DoneConsumer.Queue));
    }

    [Fact]
    public async Task Should_take_over_the_window_of_a_dead_scheduler_within_ten_seconds()
    {
        var user = await UserAsync();
        var dead = await StartAsync(UrlOf(user), new PostgresSetup());
        await dead.ScheduleAsync(DoneConsumer.Queue, Now + TimeSpan.FromSeconds(2), new JobDone(1));
        await UntilAsync("it is in the window", async _ => await AskAsync<long>("SELECT count(*) FROM scheduled_messages WHERE leased_by IS NOT NULL") == 1);
        await CutOffAsync(user);
        var begun = TimeProvider.System.GetTimestamp();

        await StartAsync();

        await EffectsBecomeAsync(DoneConsumer.Queue, 1);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, Takeover);
    }

    [Fact]
    public async Task Should_hand_over_the_window_at_a_clean_stop()
    {
        var first = await StartAsync();
        await first.ScheduleAsync(DoneConsumer.Queue, Now + TimeSpan.FromSeconds(8), new JobDone(1));
        await UntilAsync("it is in the window", async _ => await AskAsync<long>("SELECT count(*) FROM scheduled_messages WHERE leased_by IS NOT NULL") == 1);
        var leasedBy = await AskAsync<Guid>("SELECT leased_by FROM scheduled_messages");

        await first.StopAsync();

        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM schedulers"));
        var second = await StartAsync();
        // Long before the lease of the first would have run out: it is due before that, too.
        await UntilAsync("it is in the other's window", async _ => await AskAsync<long>(
            $"SELECT count(*) FROM scheduled_messages WHERE leased_by <> '{leasedBy}'") == 1);
        await EffectsBecomeAsync(DoneConsumer.Queue, 1);
        Assert.Single(second.Forwarder.Sent);
    }

    [Fact]
    public async Task Should_not_write_again_what_is_in_the_window_already()
    {
        var process = await StartAsync();
        await process.ScheduleAsync(DoneConsumer.Queue, Now + TimeSpan.FromSeconds(9), new JobDone(1));
        await UntilAsync("it is in the window", async _ => await AskAsync<long>("SELECT count(*) FROM scheduled_messages WHERE leased_by IS NOT NULL") == 1);
        var version = await AskAsync<string>("SELECT ctid::text || xmin::text FROM scheduled_messages");
        var renewed = await AskAsync<DateTimeOffset>("SELECT alive_until FROM schedulers");

        await UntilAsync("it was loaded a few times since", async _ => await AskAsync<DateTimeOffset>("SELECT alive_until FROM schedulers") > renewed.AddSeconds(2));

        Assert.Equal(version, await AskAsync<string>("SELECT ctid::text || xmin::text FROM scheduled_messages"));
        await EffectsBecomeAsync(DoneConsumer.Queue, 1);
    }

    [Fact]
    public async Task Should_not_fire_what_was_taken_back_or_put_off_by_another_process()
    {
        var (first, second) = (await StartAsync(), await StartAsync());
        var due = Now + TimeSpan.FromSeconds(4);
        var cancelled = await first.ScheduleAsync(DoneConsumer.Queue, due, new JobDone(1));
        var putOff = await first.ScheduleAsync(DoneConsumer.Queue, due, new JobDone(2));
        await first.ScheduleAsync(DoneConsumer.Queue, due, new JobDone(3));
        await UntilAsync("they are in a window", async _ => await AskAsync<long>("SELECT count(*) FROM scheduled_messages WHERE leased_by IS NOT NULL") == 3);

        await second.CancelAsync(DoneConsumer.Queue, cancelled);
        await ExecuteAsync($"UPDATE scheduled_messages SET due_at = due_at + interval '1 day', leased_by = NULL WHERE token_id = '{putOff}'");

        await EffectsBecomeAsync(DoneConsumer.Queue, 3);
        Assert.True(Now >= due, "it fired before its time");
        await UntilRestAsync();
        Assert.Equal([3], await EffectsAsync(DoneConsumer.Queue));
        Assert.Equal([putOff], await ListAsync<Guid>("SELECT token_id FROM scheduled_messages"));
    }

    [Fact]
    public async Task Should_replace_a_message_of_the_same_token()
    {
        var token = Guid.NewGuid();
        Bench.OnJob = async context =>
        {
            var entry = new Bus.Scheduling.ScheduledEntry(token, Now + TimeSpan.FromSeconds(context.Message.Number == 1 ? 3_600 : 1), Message());
            await Task.Yield();
            Bus.Delivery.ConsumerTransactionExtensions.Transaction(context).Schedule(entry);
        };
        var process = await StartAsync();
        await process.SendAsync(JobConsumer.Queue, new Job(1));
        await UntilAsync("it waits", async _ => await AskAsync<long>("SELECT count(*) FROM scheduled_messages") == 1);

        await process.SendAsync(JobConsumer.Queue, new Job(2));

        await UntilAsync("the second is sent", () => process.Forwarder.Sent.Count == 1);
        Assert.Equal(0, await AskAsync<long>("SELECT count(*) FROM scheduled_messages"));
    }

    [Fact]
    public async Task Should_fire_in_a_process_whose_clock_is_behind_only_when_its_clock_says_so()
    {
        var behind = await StartAsync(new PostgresSetup { Clock = new ShiftedClock(-TimeSpan.FromHours(1)) });
        await behind.ScheduleAsync(DoneConsumer.Queue, Now, new JobDone(1));
        await behind.ScheduleAsync(DoneConsumer.Queue, Now - TimeSpan.FromHours(2), new JobDone(2));

        await EffectsBecomeAsync(DoneConsumer.Queue, 2);

        await StartAsync();
        await EffectsBecomeAsync(DoneConsumer.Queue, 1, 2);
    }

    private static Bus.Delivery.CapturedMessage Message() => new(
        Guid.NewGuid(), nameof(JobDone), DoneConsumer.Queue, "{}"u8.ToArray());
}
