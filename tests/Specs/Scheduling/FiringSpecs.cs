using BusIngest.Bus.Scheduling;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Relays;
using BusIngest.Specs.Storage;
using MassTransit;

namespace BusIngest.Specs.Scheduling;

/// <summary>Messages for later come at their time.</summary>
public sealed class FiringSpecs : ScheduleSpec
{
    [Fact]
    public async Task Should_fire_at_its_time_and_not_before()
    {
        var process = Own(await StartAsync());
        await ScheduleAsync(process, "a", Clock.GetUtcNow().AddSeconds(30));

        Clock.Advance(TimeSpan.FromSeconds(30) - Before);
        await SettleAsync(process);
        Assert.Empty(News());
        Clock.Advance(Before);

        await UntilAsync("It fires", () => News().Any());
        await SettleAsync(process);
        Assert.Equal(["a"], News(), StringComparer.Ordinal);
        Assert.Equal(0, Scheduled(process));
    }

    [Fact]
    public async Task Should_fire_at_once_what_is_due_already()
    {
        var process = Own(await StartAsync());

        await ScheduleAsync(process, "a", Clock.GetUtcNow().AddDays(-1));

        await UntilAsync("It fires", () => News().Any());
    }

    [Fact]
    public async Task Should_schedule_with_the_consumers_transaction()
    {
        var process = Own(await StartAsync());

        await ConsumeAsync(process, async context =>
        {
            await ScheduleAsync(context, "a", Clock.GetUtcNow());
            await ScheduleAsync(context, "b", Clock.GetUtcNow().AddHours(1));
        });

        await UntilAsync("It fires", () => News().Any());
        await SettleAsync(process);
        Assert.Equal(["a"], News(), StringComparer.Ordinal);
        Clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync("The other fires", () => News().Count() == 2);
    }

    [Fact]
    public async Task Should_schedule_nothing_when_the_consumer_throws()
    {
        var process = Own(await StartAsync());
        Stations.Relay.Work = async (context, _) =>
        {
            await ScheduleAsync(context, "a", Clock.GetUtcNow());
            throw new FormatException("after scheduling");
        };

        await process.RunErrandAsync("work");

        await UntilAsync("It is given up", () => process.Failures().Count == 1);
        await SettleAsync(process);
        Assert.Empty(News());
        Assert.Equal(0, Scheduled(process));
    }

    [Fact]
    public async Task Should_fire_at_once_after_a_kill_what_is_overdue_and_the_rest_at_its_time()
    {
        var earlier = await StartAsync(clock: new FakeClock());
        await ScheduleAsync(earlier, "a", FakeClock.Start.AddSeconds(5));
        await ScheduleAsync(earlier, "b", FakeClock.Start.AddHours(2));
        earlier.Abandon();
        Clock.Advance(TimeSpan.FromHours(1));

        var process = Own(await StartAsync());

        await UntilAsync("It fires", () => News().Any());
        await SettleAsync(process);
        Assert.Equal(["a"], News(), StringComparer.Ordinal);
        Clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync("The other fires", () => News().Count() == 2);
        Assert.Equal(["a", "b"], News(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_fire_when_the_storage_is_back()
    {
        var process = Own(await StartAsync());
        await ScheduleAsync(process, "a", Clock.GetUtcNow().AddSeconds(5));
        await UntilAsync("It is loaded", () => process.Get<DueWindow>().Loaded == 1);

        using (await UnwritableFile.ReplaceAsync(process.MainFile))
        {
            Clock.Advance(TimeSpan.FromSeconds(6));
            await UntilAsync("It can't be sent", () => Log.Lines.Any(line => line.Contains("is due and can't be sent yet", StringComparison.Ordinal)));
        }

        await UntilAsync("It fires", async _ =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            return News().Any();
        });
        await UntilAsync("It has its effect", () => process.CountEffects() == 1);
        Assert.Equal(0, Scheduled(process));
    }

    [Fact]
    public async Task Should_publish_later()
    {
        var process = Own(await StartAsync());

        await ConsumeAsync(process, context => context.SchedulePublish(Clock.GetUtcNow().UtcDateTime, new News("a"), Token));

        await UntilAsync("It comes to all that subscribe", () => Stations.First.Heard.Count == 1 && Stations.Second.Heard.Count == 1);
    }

    [Fact]
    public async Task Should_drop_what_is_published_later_and_nobody_subscribes_to()
    {
        var process = Own(await StartAsync());

        await ConsumeAsync(process, context => context.SchedulePublish(Clock.GetUtcNow().UtcDateTime, new Whisper("a"), Token));

        await SettleAsync(process);
        Assert.Equal(0, Scheduled(process));
        Assert.Equal(0, process.CountRows($"outgoing WHERE message_type = '{nameof(Whisper)}'"));
    }

    [Fact]
    public async Task Should_refuse_what_is_for_an_endpoint_that_is_not_there()
    {
        var process = Own(await StartAsync());
        Stations.Relay.Work = (context, _) =>
            context.ScheduleSend(new Uri("queue:nowhere"), Clock.GetUtcNow().UtcDateTime, new News("a"), Token);

        await process.RunErrandAsync("work");

        await UntilAsync("It is given up", () => process.Failures().Count == 1);
        Assert.Contains("nowhere", process.Failures()[0].ExceptionMessage, StringComparison.Ordinal);
        Assert.Equal(0, Scheduled(process));
    }
}
