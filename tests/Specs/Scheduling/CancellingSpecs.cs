using BusIngest.Specs.Cars;
using BusIngest.Specs.Relays;
using MassTransit;

namespace BusIngest.Specs.Scheduling;

/// <summary>Messages for later that are taken back, or replaced.</summary>
public sealed class CancellingSpecs : ScheduleSpec
{
    [Fact]
    public async Task Should_not_fire_what_is_cancelled_before_its_time()
    {
        var process = Own(await StartAsync());
        var near = await ScheduleAsync(process, "near", Clock.GetUtcNow().AddSeconds(5));
        var far = await ScheduleAsync(process, "far", Clock.GetUtcNow().AddHours(1));

        await CancelAsync(process, near);
        await ConsumeAsync(process, context => CancelAsync(context, far));

        Assert.Equal(0, Scheduled(process));
        Clock.Advance(TimeSpan.FromHours(2));
        await SettleAsync(process);
        Assert.Empty(News());
    }

    [Fact]
    public async Task Should_cancel_nothing_when_the_consumer_throws()
    {
        var process = Own(await StartAsync());
        var token = await ScheduleAsync(process, "a", Clock.GetUtcNow().AddSeconds(5));
        Stations.Relay.Work = async (context, _) =>
        {
            await CancelAsync(context, token);
            throw new FormatException("after cancelling");
        };
        await process.RunErrandAsync("work");
        await UntilAsync("It is given up", () => process.Failures().Count == 1);

        Clock.Advance(TimeSpan.FromSeconds(5));

        await UntilAsync("It fires", () => News().Any());
    }

    [Fact]
    public async Task Should_cancel_what_nobody_knows_and_what_has_fired()
    {
        var process = Own(await StartAsync());
        var token = await ScheduleAsync(process, "a", Clock.GetUtcNow());
        await UntilAsync("It fires", () => News().Any());

        await CancelAsync(process, token);
        await CancelAsync(process, Guid.NewGuid());
        await ConsumeAsync(process, context => CancelAsync(context, Guid.NewGuid()));

        Assert.Equal(["a"], News(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_not_fire_what_is_scheduled_and_cancelled_in_one_go()
    {
        var process = Own(await StartAsync());
        var token = Guid.NewGuid();

        await ConsumeAsync(process, async context =>
        {
            await RemindAsync(context, token, "a", Clock.GetUtcNow());
            await CancelAsync(context, token);
        });

        Assert.Equal(0, Scheduled(process));
        await SettleAsync(process);
        Assert.Empty(Reminded);
    }

    [Fact]
    public async Task Should_fire_what_is_cancelled_and_scheduled_anew_in_one_go()
    {
        var process = Own(await StartAsync());
        var token = Guid.NewGuid();
        await RemindAsync(process, token, "old", Clock.GetUtcNow().AddSeconds(5));

        await ConsumeAsync(process, async context =>
        {
            await CancelAsync(context, token);
            await RemindAsync(context, token, "new", Clock.GetUtcNow().AddSeconds(3));
        });

        Clock.Advance(TimeSpan.FromSeconds(6));
        await UntilAsync("It fires", () => Reminded.Count > 0);
        await SettleAsync(process);
        Assert.Equal(["new"], Reminded);
    }

    [Theory]
    [InlineData(9, 5)]
    [InlineData(5, 9)]
    [InlineData(3_600, 5)]
    [InlineData(5, 3_600)]
    public async Task Should_fire_what_replaces_another_at_its_own_time_alone(int firstAfter, int secondAfter)
    {
        var process = Own(await StartAsync());
        var token = Guid.NewGuid();
        await RemindAsync(process, token, "old", Clock.GetUtcNow().AddSeconds(firstAfter));
        await RemindAsync(process, token, "new", Clock.GetUtcNow().AddSeconds(secondAfter));

        Clock.Advance(TimeSpan.FromSeconds(secondAfter) - Before);
        await SettleAsync(process);
        Assert.Empty(Reminded);
        Clock.Advance(Before);

        await UntilAsync("It fires", () => Reminded.Count > 0);
        Clock.Advance(TimeSpan.FromSeconds(firstAfter));
        await SettleAsync(process);
        Assert.Equal(["new"], Reminded);
    }

    [Fact]
    public async Task Should_take_the_messages_of_a_scheduler_that_is_another_endpoint()
    {
        var process = Own(await StartAsync());
        var scheduler = process.Get<IBus>().CreateMessageScheduler(new Uri("queue:schedule"));
        var headers = new System.Collections.Concurrent.ConcurrentQueue<Guid?>();
        Stations.First.Work = (context, _) =>
        {
            headers.Enqueue(context.GetSchedulingTokenId());
            return Task.CompletedTask;
        };

        var kept = await scheduler.ScheduleSend(new Uri("queue:first"), Clock.GetUtcNow().AddSeconds(5).UtcDateTime, new News("kept"), Token);
        var cancelled = await scheduler.ScheduleSend(new Uri("queue:first"), Clock.GetUtcNow().AddSeconds(5).UtcDateTime, new News("cancelled"), Token);
        await UntilAsync("Both are scheduled", () => Scheduled(process) == 2);
        await scheduler.CancelScheduledSend(cancelled.Destination, cancelled.TokenId, Token);
        await UntilAsync("One is cancelled", () => Scheduled(process) == 1);
        Clock.Advance(TimeSpan.FromSeconds(5));

        await UntilAsync("It fires", () => !headers.IsEmpty);
        Assert.Equal(["kept"], News(), StringComparer.Ordinal);
        Assert.Equal(kept.TokenId, Assert.Single(headers));
    }
}
