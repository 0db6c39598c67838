namespace BusIngest.Specs.Timers.Life;

/// <summary>Timers while the machine's clock is set, and while nothing runs.</summary>
public sealed class ClockSpecs : TimerLifeSpec
{
    [Fact]
    public async Task Should_fire_what_a_jump_forward_made_due_each_once()
    {
        var (process, stub) = (await StartAsync(), await StubAsync());
        var near = await ScheduleAsync(process, stub.Url(path: "/near"), TimeSpan.FromSeconds(5));
        var far = await ScheduleAsync(process, stub.Url(path: "/far"), TimeSpan.FromHours(5));
        var later = await ScheduleAsync(process, stub.Url(path: "/later"), TimeSpan.FromDays(5));

        Clock.Set(TimeSpan.FromDays(1));
        Clock.Advance(TimeSpan.FromSeconds(1));

        await BecomesAsync(process, near, "Finished");
        await BecomesAsync(process, far, "Finished");
        await PassAsync(process, TimeSpan.FromMinutes(1));
        Assert.Equal(["/far", "/near"], stub.Received.Select(request => request.Path).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal("Scheduled", (await process.FindAsync(later))!.CurrentState);
    }

    [Fact]
    public async Task Should_keep_to_the_wall_clock_when_it_is_set_back()
    {
        var (process, stub) = (await StartAsync(), await StubAsync());
        var id = await ScheduleAsync(process, stub.Url(), TimeSpan.FromSeconds(5));

        Clock.Set(TimeSpan.FromHours(-1));
        await PassAsync(process, TimeSpan.FromMinutes(1));
        Assert.Empty(stub.Received);
        Clock.Advance(TimeSpan.FromHours(1));

        await BecomesAsync(process, id, "Finished");
        Assert.Single(stub.Received);
    }

    [Fact]
    public async Task Should_fire_at_once_at_a_start_what_came_due_while_nothing_ran()
    {
        var stub = await StubAsync();
        var killed = await TimerProcess.StartAsync(Folder, Clock, Options);
        var overdue = await ScheduleAsync(killed, stub.Url(path: "/overdue"), TimeSpan.FromMinutes(5));
        var later = await ScheduleAsync(killed, stub.Url(path: "/later"), TimeSpan.FromHours(5));
        killed.Abandon();
        Clock.Set(TimeSpan.FromHours(1));

        var process = await StartAsync();

        await BecomesAsync(process, overdue, "Finished");
        Assert.Equal("/overdue", Assert.Single(stub.Received).Path);
        Assert.Equal("Scheduled", (await process.FindAsync(later))!.CurrentState);
        var timer = (await process.FindAsync(overdue))!;
        Assert.Equal(TimeSpan.FromMinutes(55), timer.FiredAt - timer.DueAt);
    }
}
