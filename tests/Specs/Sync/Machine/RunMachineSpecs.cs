using BusIngest.Contracts.Sync;

namespace BusIngest.Specs.Sync.Machine;

/// <summary>What a run decides.</summary>
public sealed class RunMachineSpecs : Spec
{
    [Fact]
    public async Task Should_begin_one_stretch_after_the_other()
    {
        var bench = await StartAsync();

        await bench.SendAsync(new PageStored(bench.Id, 1, 5, 500));
        await bench.SendAsync(new PageStored(bench.Id, 2, 5, 500));

        Assert.Equal([1L, 2, 3], bench.Fetches.Select(fetch => fetch.Stretch));
        Assert.All(bench.Fetches, fetch => Assert.Equal((3L, false), (fetch.Epoch, fetch.FromFirstPage)));
        Assert.Equal("Fetching", bench.Run.CurrentState);
    }

    [Fact]
    public async Task Should_take_no_outcome_but_the_one_of_the_stretch_at_work()
    {
        var bench = await StartAsync();
        await bench.SendAsync(new PageStored(bench.Id, 1, 5, 500));

        await bench.SendAsync(new PageStored(bench.Id, 1, 5, 500));
        await bench.SendAsync(new SyncCompleted(bench.Id, 1, 5, 500, null));
        await bench.SendAsync(new PageFailed(bench.Id, 3, 0, 0, "?", IsFinal: true, FromFirstPage: false, null));

        Assert.Equal((2, "Fetching"), (bench.Fetches.Count, bench.Run.CurrentState));
        Assert.Empty(bench.Ends);
    }

    [Fact]
    public async Task Should_begin_another_stretch_in_place_of_one_that_is_not_heard_of_any_more()
    {
        var bench = await StartAsync();

        await bench.FireAsync<StallDue>();
        await bench.SendAsync(new SyncCompleted(bench.Id, 1, 5, 500, null));

        Assert.Equal((2L, 1, "Fetching"), (bench.Fetches[^1].Stretch, bench.Run.Stalls, bench.Run.CurrentState));
        Assert.Contains("stalled", bench.Run.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_wait_until_the_pace_permits_another_request()
    {
        var bench = await StartAsync();
        var until = FakeClock.Start.AddSeconds(6);

        await bench.SendAsync(new SyncThrottled(bench.Id, 1, 1, 100, until));
        var waiting = (bench.Run.CurrentState, bench.Run.NextFetchAt);
        await bench.FireAsync<FetchDue>();

        Assert.Equal(("Throttled", until), waiting);
        Assert.Equal((2, "Fetching", null), (bench.Fetches.Count, bench.Run.CurrentState, bench.Run.NextFetchAt));
    }

    [Fact]
    public async Task Should_pause_for_longer_each_time_while_the_source_is_down()
    {
        var bench = await StartAsync();
        var pauses = new List<double>();

        for (var stretch = 1; stretch <= 8; stretch++)
        {
            await bench.SendAsync(new PageFailed(bench.Id, stretch, 0, 0, "connection refused", IsFinal: false, FromFirstPage: false, null));
            Assert.Equal("Paused", bench.Run.CurrentState);
            pauses.Add((bench.Run.NextFetchAt!.Value - bench.Clock.GetUtcNow()).TotalSeconds);
            await bench.FireAsync<FetchDue>();
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], pauses);
        Assert.Equal("Fetching", bench.Run.CurrentState);
    }

    [Fact]
    public async Task Should_wait_as_long_as_the_other_side_asks_and_forget_failures_once_a_page_is_stored()
    {
        var bench = await StartAsync();

        await bench.SendAsync(new PageFailed(bench.Id, 1, 0, 0, "503", IsFinal: false, FromFirstPage: false, RetryAfterMs: 30_000));
        var asked = bench.Run.NextFetchAt!.Value - bench.Clock.GetUtcNow();
        await bench.FireAsync<FetchDue>();
        await bench.SendAsync(new PageFailed(bench.Id, 2, 1, 100, "503", IsFinal: false, FromFirstPage: false, null));

        Assert.Equal((30, 1), (asked.TotalSeconds, (bench.Run.NextFetchAt!.Value - bench.Clock.GetUtcNow()).TotalSeconds));
    }

    [Fact]
    public async Task Should_fail_for_good_when_there_is_no_use_in_going_on()
    {
        var bench = await StartAsync();

        await bench.SendAsync(new PageFailed(bench.Id, 1, 0, 0, "401", IsFinal: true, FromFirstPage: false, null));

        Assert.Equal(("Failed", "401", 1), (bench.Run.CurrentState, bench.Run.LastError, bench.Ends.Count));
        Assert.IsType<SyncRefused>(await bench.AskAsync(new ResumeSync(bench.Id)));
    }

    [Fact]
    public async Task Should_begin_at_the_first_page_when_the_cursor_is_not_known_any_more()
    {
        var bench = await StartAsync();

        await bench.SendAsync(new CursorExpired(bench.Id, 1, 5, 500));
        await bench.SendAsync(new PageStored(bench.Id, 2, 5, 0));

        Assert.Equal([false, true, false], bench.Fetches.Select(fetch => fetch.FromFirstPage));
    }

    [Fact]
    public async Task Should_slow_down_when_cursors_lead_nowhere()
    {
        var bench = await StartAsync();

        for (var stretch = 1; stretch <= 10; stretch++)
            await bench.SendAsync(new CursorExpired(bench.Id, stretch, 5, 0));

        Assert.Equal(("Paused", 10), (bench.Run.CurrentState, bench.Fetches.Count));
    }

    [Fact]
    public async Task Should_shut_out_whoever_works_at_it_when_it_is_paused()
    {
        var bench = await StartAsync();

        var paused = await bench.AskAsync(new PauseSync(bench.Id));
        await bench.SendAsync(new SyncCompleted(bench.Id, 1, 5, 500, null));
        var again = await bench.AskAsync(new PauseSync(bench.Id));
        var resumed = await bench.AskAsync(new ResumeSync(bench.Id));

        Assert.Equal("Paused", Assert.IsType<SyncChanged>(paused).State);
        Assert.Equal("Paused", Assert.IsType<SyncRefused>(again).State);
        Assert.Equal("Fetching", Assert.IsType<SyncChanged>(resumed).State);
        Assert.Equal((2L, 3L), (Assert.Single(bench.Halts).Stretch, bench.Fetches[^1].Stretch));
    }

    [Fact]
    public async Task Should_let_a_client_resume_what_waits_for_its_source()
    {
        var bench = await StartAsync();
        await bench.SendAsync(new PageFailed(bench.Id, 1, 0, 0, "503", IsFinal: false, FromFirstPage: false, null));

        await bench.AskAsync(new ResumeSync(bench.Id));
        await bench.FireAsync<FetchDue>();

        Assert.Equal((2, "Fetching"), (bench.Fetches.Count, bench.Run.CurrentState));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_free_its_source_once_it_is_over(bool cancelled)
    {
        var bench = await StartAsync();

        if (cancelled)
            await bench.AskAsync(new CancelSync(bench.Id));
        else
            await bench.SendAsync(new SyncCompleted(bench.Id, 1, 5, 500, "odd"));
        await bench.AskAsync(new CancelSync(bench.Id));

        Assert.Equal(SourceIds.Of("a"), Assert.Single(bench.Ends).SourceId);
        Assert.Equal((cancelled ? "Cancelled" : "Completed", FakeClock.Start), (bench.Run.CurrentState, bench.Run.EndedAt));
    }

    [Fact]
    public async Task Should_go_on_at_once_without_the_pace_when_that_is_forgotten()
    {
        var bench = await StartAsync();
        await bench.SendAsync(new SyncThrottled(bench.Id, 1, 1, 100, FakeClock.Start.AddHours(6)));

        await bench.SendAsync(new PaceForgotten(bench.Id, "a"));
        await bench.SendAsync(new PaceForgotten(Guid.NewGuid(), "b"));
        await bench.SendAsync(new PageStored(bench.Id, 2, 1, 100));

        Assert.Equal([false, true, false], bench.Fetches.Select(fetch => fetch.ForgetPace));
        Assert.Equal(("Fetching", null), (bench.Run.CurrentState, bench.Run.NextFetchAt));
    }

    [Fact]
    public async Task Should_have_the_next_stretch_forget_the_pace_while_one_is_at_work_or_a_client_has_paused_it()
    {
        var bench = await StartAsync();
        await bench.SendAsync(new PaceForgotten(bench.Id, "a"));
        Assert.Single(bench.Fetches);
        await bench.AskAsync(new PauseSync(bench.Id));
        await bench.SendAsync(new PaceForgotten(bench.Id, "a"));
        Assert.Equal("Paused", bench.Run.CurrentState);

        await bench.AskAsync(new ResumeSync(bench.Id));

        Assert.Equal([false, true], bench.Fetches.Select(fetch => fetch.ForgetPace));
    }

    [Fact]
    public async Task Should_fail_when_its_cursors_lead_in_a_circle_time_and_again()
    {
        var bench = await StartAsync();
        for (var stretch = 1; stretch <= 3; stretch++)
        {
            Assert.NotEqual("Failed", bench.Run.CurrentState, StringComparer.Ordinal);
            await bench.SendAsync(new PageFailed(bench.Id, stretch, 3, stretch == 1 ? 30 : 0, "in a circle", IsFinal: false, FromFirstPage: true, null));
            if (stretch < 3)
                await bench.FireAsync<FetchDue>();
        }

        Assert.Equal(("Failed", "in a circle"), (bench.Run.CurrentState, bench.Run.LastError));
        Assert.Single(bench.Ends);
    }

    private async Task<RunBench> StartAsync()
    {
        var bench = Own(new RunBench());
        await bench.StartAsync();
        return bench;
    }
}
