using BusIngest.Api.Hosting;
using BusIngest.Api.Timers;
using BusIngest.Bus.Transports;
using BusIngest.Contracts.Timers;
using BusIngest.Sagas.Timers;

namespace BusIngest.Specs.Timers.Api;

public sealed class TimerQueriesSpecs : Spec
{
    private static readonly DateTimeOffset Now = FakeClock.Start;

    [Fact]
    public async Task Should_find_a_timer_by_its_saga()
    {
        var files = Own(await TimerFiles.OpenAsync(Folder));
        var timer = Saga(TimerStatus.Finished);
        await files.AddSagaAsync(Saga(TimerStatus.Failed));
        await files.AddSagaAsync(timer);

        Assert.Equivalent(timer, await files.Queries.FindAsync(timer.CorrelationId, Token), strict: true);
    }

    [Fact]
    public async Task Should_find_a_timer_that_waits_in_the_inbox()
    {
        var files = Own(await TimerFiles.OpenAsync(Folder));
        var timers = Enumerable.Range(0, 3).Select(_ => Pending()).ToArray();
        await files.AddPendingAsync(Pending());
        await files.AddPendingAsync(timers);

        var found = await files.Queries.FindAsync(timers[1].TimerId, Token);

        Assert.NotNull(found);
        Assert.Equal(
            (timers[1].TimerId, TimerStatus.Scheduled, timers[1].WebhookUrl, timers[1].CreatedAt, timers[1].DueAt),
            (found.CorrelationId, found.CurrentState, found.WebhookUrl, found.CreatedAt, found.DueAt));
    }

    [Fact]
    public async Task Should_go_by_the_saga_when_the_message_is_still_there()
    {
        var files = Own(await TimerFiles.OpenAsync(Folder));
        var timer = Pending();
        await files.AddPendingAsync(timer);
        await files.AddSagaAsync(Saga(TimerStatus.Cancelled, timer.TimerId));

        Assert.Equal(TimerStatus.Cancelled, (await files.Queries.FindAsync(timer.TimerId, Token))?.CurrentState);
    }

    [Fact]
    public async Task Should_find_nothing_else()
    {
        var files = Own(await TimerFiles.OpenAsync(Folder));
        var id = Guid.NewGuid();
        await files.AddSagaAsync(Saga(TimerStatus.Running, id), kind: "order-run");
        await files.AddMessageAsync("CarGenerated", StoredBody.Records, $$"""[{"timerId":"{{id}}"}]""");
        await files.AddMessageAsync(nameof(CreateTimer), StoredBody.Envelope, $"{{\"message\":{{\"timerId\":\"{id}\"}}}}");
        await files.AddPendingAsync(Pending() with { WebhookUrl = $"https://example.com/{id}" });

        Assert.Null(await files.Queries.FindAsync(id, Token));
    }

    [Fact]
    public async Task Should_page_through_all_newest_first()
    {
        var files = Own(await TimerFiles.OpenAsync(Folder));
        var timers = new List<Guid>();
        foreach (var status in TimerStatus.All.Concat(TimerStatus.All))
        {
            timers.Add(Guid.NewGuid());
            await files.AddSagaAsync(Saga(status, timers[^1]));
            await files.AddSagaAsync(Saga(status), kind: "order-run");
        }

        Assert.Equal(Enumerable.Reverse(timers), (await PagesAsync(files.Queries, 3, null)).Select(timer => timer.TimerId));
        foreach (var (index, status) in TimerStatus.All.Index())
            Assert.Equal([timers[index + 5], timers[index]], (await PagesAsync(files.Queries, 1, status)).Select(timer => timer.TimerId));
    }

    [Fact]
    public async Task Should_show_all_of_a_timer()
    {
        var files = Own(await TimerFiles.OpenAsync(Folder));
        var timer = Saga(TimerStatus.Running);
        (timer.FiredAt, timer.Attempts, timer.NextAttemptAt, timer.LastError) = (Now.AddSeconds(31), 2, Now.AddSeconds(60), "503");
        await files.AddSagaAsync(timer);

        var view = Assert.Single(await PagesAsync(files.Queries, 1, null));

        Assert.Equal(
            new TimerView(
                timer.CorrelationId, 30, TimerStatus.Running, timer.WebhookUrl, Now, Now.AddSeconds(30), Now.AddSeconds(31), null, 2, Now.AddSeconds(60), "503"),
            view);
    }

    [Theory]
    [InlineData(30_000, 30)]
    [InlineData(29_001, 30)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    [InlineData(-5_000, 0)]
    public void Should_round_the_time_left_up(int milliseconds, int seconds) =>
        Assert.Equal(seconds, TimerSummary.SecondsUntil(Now.AddMilliseconds(milliseconds), Now));

    private static async Task<List<TimerView>> PagesAsync(TimerQueries queries, int limit, string? status)
    {
        var timers = new List<TimerView>();
        string? next = null;
        do
        {
            Assert.True(PageRequest.TryRead($"{limit}", next, TimerQueries.Scope(status), new FieldErrors(), out var request));
            var page = await queries.ListAsync(request, status, Now, Token);
            Assert.InRange(page.Timers.Count, 0, limit);
            timers.AddRange(page.Timers);
            next = page.Next;
        }
        while (next is not null);
        return timers;
    }

    private static CreateTimer Pending() => new(Guid.NewGuid(), "https://example.com/a?b=\"ü\"", Now, Now.AddSeconds(30));

    private static TimerState Saga(string state, Guid? id = null) => new()
    {
        CorrelationId = id ?? Guid.NewGuid(),
        CurrentState = state,
        WebhookUrl = "https://example.com/hook",
        CreatedAt = Now,
        DueAt = Now.AddSeconds(30),
    };
}
