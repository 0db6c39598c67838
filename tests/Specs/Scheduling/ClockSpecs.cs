using BusIngest.Bus.Scheduling;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;

namespace BusIngest.Specs.Scheduling;

/// <summary>A clock that is set, and more messages than fit into memory.</summary>
public sealed class ClockSpecs : ScheduleSpec
{
    [Fact]
    public async Task Should_fire_all_that_is_due_when_the_clock_is_set_forward()
    {
        var process = Own(await StartAsync());
        await ScheduleAsync(process, "a", Clock.GetUtcNow().AddSeconds(5));
        await ScheduleAsync(process, "b", Clock.GetUtcNow().AddHours(1));
        await ScheduleAsync(process, "c", Clock.GetUtcNow().AddHours(3));

        Clock.Set(TimeSpan.FromHours(2));
        // A moment passes too, or nobody would look at the clock.
        Clock.Advance(TimeSpan.FromSeconds(1));

        await UntilAsync("They fire", () => News().Count() == 2);
        await SettleAsync(process);
        Assert.Equal(["a", "b"], News(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_fire_nothing_early_or_twice_when_the_clock_is_set_back()
    {
        var process = Own(await StartAsync());
        await ScheduleAsync(process, "fired", Clock.GetUtcNow());
        await UntilAsync("It fires", () => News().Any());
        await ScheduleAsync(process, "waits", Clock.GetUtcNow().AddSeconds(5));

        Clock.Set(TimeSpan.FromHours(-1));
        Clock.Advance(TimeSpan.FromSeconds(10));
        await ScheduleAsync(process, "near", Clock.GetUtcNow().AddSeconds(2));
        Clock.Advance(TimeSpan.FromSeconds(2));
        await SettleAsync(process);
        Assert.Equal(["fired", "near"], News(), StringComparer.Ordinal);

        Clock.Advance(TimeSpan.FromHours(1));
        await UntilAsync("It fires at its wall time", () => News().Count() == 3);
        await SettleAsync(process);
        Assert.Equal(["fired", "near", "waits"], News(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_fire_what_is_due_again_when_the_clock_was_set_back_and_is_set_right()
    {
        var process = Own(await StartAsync());
        await ScheduleAsync(process, "a", Clock.GetUtcNow().AddMilliseconds(500));
        await UntilAsync("It is loaded", () => process.Get<DueWindow>().Loaded == 1);
        Clock.Set(TimeSpan.FromHours(-1));
        await ScheduleAsync(process, "canary", Clock.GetUtcNow() + Before);
        Clock.Advance(Before);
        await UntilAsync("The clockwork has seen the clock that was set back", () => News().Any());
        Assert.Equal(["canary"], News(), StringComparer.Ordinal);

        Clock.Set(TimeSpan.FromHours(1));
        Clock.Advance(TimeSpan.FromSeconds(1));

        await UntilAsync("It fires", () => News().Count() == 2);
    }

    [Fact]
    public async Task Should_fire_all_of_more_than_fit_into_memory()
    {
        const int loaded = 100;
        const int messages = 450;
        const int firing = 16;
        var process = Own(await StartAsync(new ScheduleOptions { MaxLoaded = loaded, Concurrency = firing }));
        await InsertAsync(process, messages, Clock.GetUtcNow().AddSeconds(20));
        var window = process.Get<DueWindow>();
        var most = 0;

        await UntilAsync("All fire", _ =>
        {
            most = Math.Max(most, window.Loaded);
            Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(process.CountEffects() == messages);
        });
        // One that is off the disk, and about to be forgotten, counts still.
        Assert.InRange(most, 1, loaded + firing);
        Assert.Equal(messages, Fired.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(0, Scheduled(process));
    }

    [Fact]
    public async Task Should_fire_at_their_time_those_that_come_when_no_more_fit_into_memory()
    {
        const int loaded = 100;
        var process = Own(await StartAsync(new ScheduleOptions { MaxLoaded = loaded }));
        var window = process.Get<DueWindow>();
        await InsertAsync(process, loaded, Clock.GetUtcNow().AddSeconds(9));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync("They are loaded", () => window.Loaded == loaded);

        await InsertAsync(process, loaded, Clock.GetUtcNow().AddSeconds(5));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync("The earlier are loaded as well", () => window.Loaded == 2 * loaded);
        Clock.Advance(TimeSpan.FromSeconds(5));

        await UntilAsync("The earlier fire", () => News().Count() == loaded);
    }

    /// <summary>Schedules at one time, many in one transaction, and tells nobody: the next load finds them.</summary>
    private static async Task InsertAsync(BusProcess process, int count, DateTimeOffset dueAt)
    {
        var token = await ScheduleAsync(process, "template", dueAt.AddYears(1));
        await process.RunSqlAsync($"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
            INSERT INTO scheduled_messages (token_id, due_at, message_id, message_type, endpoint, body)
            SELECT printf('%08x-0000-4000-8000-%012x', {dueAt.ToUnixTimeMilliseconds() % 1_000_000}, n), {dueAt.ToUnixTimeMilliseconds()} + n,
                   printf('%08x-0000-4000-9000-%012x', {dueAt.ToUnixTimeMilliseconds() % 1_000_000}, n), message_type, endpoint,
                   CAST(replace(
                       replace(CAST(body AS TEXT), '"template"', '"{dueAt.ToUnixTimeMilliseconds()}-' || n || '"'),
                       message_id,
                       printf('%08x-0000-4000-9000-%012x', {dueAt.ToUnixTimeMilliseconds() % 1_000_000}, n)) AS BLOB)
            FROM scheduled_messages, numbers WHERE token_id = '{token}';
            DELETE FROM scheduled_messages WHERE token_id = '{token}'
            """);
    }
}
