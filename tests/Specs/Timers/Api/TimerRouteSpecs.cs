using System.Net;
using System.Text.Json;
using BusIngest.Specs.Idempotency;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Timers.Api;

/// <summary>Timers that are set, read, listed and cancelled.</summary>
public sealed class TimerRouteSpecs : Spec
{
    [Fact]
    public async Task Should_answer_with_the_timer_that_it_set()
    {
        var service = await StartAsync();

        var answer = await service.PostTimerAsync(TimerBody.Good);

        Assert.Equal((HttpStatusCode.Created, "application/json"), (answer.Status, answer.MediaType));
        var id = answer.Json().GetProperty("timer").GetProperty("timerId").GetGuid();
        Assert.Equal(
            $$$"""{"code":201,"message":"Timer Created!","timer":{"timerId":"{{{id}}}","timeLeft":3723,"timerStatus":"Scheduled"}}""", answer.Text);
    }

    [Fact]
    public async Task Should_read_each_timer_from_the_instant_that_it_was_answered()
    {
        var service = await StartAsync();

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (_, _) =>
        {
            var id = await service.SetTimerAsync(TimerBody.Good);
            var answer = await service.AskAsync("GET", $"timer/{id}");

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            var timer = answer.Json().GetProperty("timer");
            Assert.Equal((200, "fetched successfully!"), (answer.Json().GetProperty("code").GetInt32(), answer.Json().GetProperty("message").GetString()));
            Assert.Equal((id, "Scheduled"), (timer.GetProperty("timerId").GetGuid(), timer.GetProperty("timerStatus").GetString()));
            Assert.InRange(timer.GetProperty("timeLeft").GetInt32(), 3_600, 3_723);
        });
    }

    [Fact]
    public async Task Should_cancel_each_timer_from_the_instant_that_it_was_answered()
    {
        var service = await StartAsync();

        await Parallel.ForAsync(0, 50, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (_, _) =>
        {
            var id = await service.SetTimerAsync(TimerBody.Good);
            var answer = await service.AskAsync("DELETE", $"timer/{id}");

            Assert.Equal((HttpStatusCode.OK, "Cancelled"), (answer.Status, TimerRequests.Status(answer.Json())));
            Assert.Equal("Cancelled", await service.TimerStatusAsync(id, Token));
        });
    }

    [Fact]
    public async Task Should_not_cancel_twice()
    {
        var service = await StartAsync();
        var id = await service.SetTimerAsync(TimerBody.Good);
        await service.AskAsync("DELETE", $"timer/{id}");

        var answer = await service.AskAsync("DELETE", $"timer/{id}");

        Assert.Equal((HttpStatusCode.Conflict, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Contains("Cancelled", answer.Json().GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "timer/{0}")]
    [InlineData("DELETE", "timer/{0}")]
    [InlineData("GET", "timer/{0}/attempts")]
    [InlineData("POST", "timer/{0}/redeliver")]
    public async Task Should_not_find_a_timer_that_was_never_set(string method, string route)
    {
        var service = await StartAsync();

        var answer = await service.AskAsync(method, string.Format(route, Guid.NewGuid()));

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task Should_schedule_nothing_when_it_refuses()
    {
        var service = await StartAsync();

        await service.PostTimerAsync(TimerBody.With("seconds", "60"));
        var id = await service.SetTimerAsync(TimerBody.Good);

        Assert.Equal([id], await ListedAsync(service, "timers", 1));
    }

    [Fact]
    public async Task Should_list_the_newest_first_page_by_page()
    {
        var service = await StartAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await service.SetTimerAsync(TimerBody.Good));
            await ListedAsync(service, "timers", i + 1);
        }

        await service.AskAsync("DELETE", $"timer/{ids[1]}");

        Assert.Equal(Enumerable.Reverse(ids), await ListedAsync(service, "timers", 5));
        var first = (await service.AskAsync("GET", "timers?limit=3")).Json();
        Assert.Equal([ids[4], ids[3], ids[2]], Ids(first));
        Assert.Equal([ids[1], ids[0]], await ListedAsync(service, $"timers?limit=3&after={first.GetProperty("next").GetString()}", 2));
        Assert.Equal([ids[1]], await ListedAsync(service, "timers?status=Cancelled", 1));
    }

    [Fact]
    public async Task Should_set_one_timer_under_an_idempotency_key()
    {
        var service = await StartAsync();

        var first = await service.SendKeyedAsync(HttpMethod.Post, "api/v1/timer", "k1", TimerBody.Good);
        await service.ForgetAnswersAsync();
        var again = await service.SendKeyedAsync(HttpMethod.Post, "api/v1/timer", "k1", TimerBody.Good);
        var other = await service.SendKeyedAsync(HttpMethod.Post, "api/v1/timer", "k1", TimerBody.With("hours", "2"));

        Assert.Equal(first.Text, again.Text);
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        await ListedAsync(service, "timers", 1);
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder)));

    /// <summary>The listed timers, once there are as many.</summary>
    private static Task<IReadOnlyList<Guid>> ListedAsync(RunningService service, string route, int count) => UntilAsync(
        $"{count} timers are listed", async _ => Ids((await service.AskAsync("GET", route)).Json()), ids => ids.Count == count);

    private static IReadOnlyList<Guid> Ids(JsonElement page) =>
        [.. page.GetProperty("timers").EnumerateArray().Select(timer => timer.GetProperty("timerId").GetGuid())];
}
