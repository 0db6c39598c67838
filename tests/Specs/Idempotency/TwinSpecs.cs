using System.Collections.Concurrent;
using System.Net;
using BusIngest.Api.Limits;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BusIngest.Specs.Idempotency;

/// <summary>Whose a key is, and what happens to requests that come meanwhile.</summary>
public sealed class TwinSpecs : Spec
{
    private readonly ConcurrentQueue<TaskCompletionSource<int>> _steps = new();

    [Fact]
    public async Task Should_have_a_twin_wait_for_the_first_answer()
    {
        var service = await StartAsync();
        var first = service.SendKeyedAsync(HttpMethod.Post, "slow/a", "k");
        var step = await StepAsync();
        var twin = service.SendKeyedAsync(HttpMethod.Post, "slow/a", "k");
        var other = await Soon(service.SendKeyedAsync(HttpMethod.Post, "slow/a?quantity=7", "k"));

        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        step.SetResult(200);
        Assert.Equal((HttpStatusCode.OK, false), ((await Soon(first)).Status, (await first).IsReplayed));
        Assert.Equal((HttpStatusCode.OK, true), ((await Soon(twin)).Status, (await twin).IsReplayed));
        Assert.Empty(_steps);
    }

    [Fact]
    public async Task Should_tell_a_twin_to_come_again_when_the_first_takes_long()
    {
        var service = await StartAsync();
        var first = service.SendKeyedAsync(HttpMethod.Post, "slow/a", "k");
        var step = await StepAsync();

        using var request = new HttpRequestMessage(HttpMethod.Post, "slow/a");
        request.Headers.Add("Idempotency-Key", "k");
        using var twin = await service.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Conflict, twin.StatusCode);
        Assert.NotNull(twin.Headers.RetryAfter);
        step.SetResult(200);
        Assert.Equal(HttpStatusCode.OK, (await Soon(first)).Status);
        Assert.True((await service.SendKeyedAsync(HttpMethod.Post, "slow/a", "k")).IsReplayed);
    }

    [Fact]
    public async Task Should_let_a_twin_take_its_turn_when_the_first_was_refused()
    {
        var service = await StartAsync();
        var first = service.SendKeyedAsync(HttpMethod.Post, "slow/a", "k");
        var step = await StepAsync();
        var twin = service.SendKeyedAsync(HttpMethod.Post, "slow/a", "k");
        step.SetResult(400);
        (await StepAsync()).SetResult(200);

        Assert.Equal(HttpStatusCode.BadRequest, (await Soon(first)).Status);
        Assert.Equal((HttpStatusCode.OK, false), ((await Soon(twin)).Status, (await twin).IsReplayed));
    }

    [Fact]
    public async Task Should_not_give_a_key_back_when_something_may_have_been_done_before()
    {
        var service = await StartAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AnswerAsync(service, 503));
        // It was begun before, so this refusal may be of what it did itself.
        Assert.Equal(HttpStatusCode.Conflict, await AnswerAsync(service, 409));

        Assert.Equal(HttpStatusCode.Conflict, (await service.SendKeyedAsync(HttpMethod.Post, "slow/a", "k", "{}")).Status);
        Assert.Empty(_steps);
        Assert.Equal(HttpStatusCode.OK, await AnswerAsync(service, 200));
    }

    [Theory]
    [InlineData("SLOW/a")]
    [InlineData("slow/a/")]
    [InlineData("slow/%61")]
    public async Task Should_know_an_endpoint_however_it_is_spelled(string path)
    {
        var service = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await AnswerAsync(service, 200));

        Assert.True((await Soon(service.SendKeyedAsync(HttpMethod.Post, path, "k"))).IsReplayed);
        Assert.Empty(_steps);
    }

    [Fact]
    public async Task Should_tell_the_values_of_a_path_apart()
    {
        var service = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await AnswerAsync(service, 200));
        Assert.Equal(HttpStatusCode.OK, await AnswerAsync(service, 200, "slow/b"));
    }

    [Fact]
    public async Task Should_keep_what_belongs_to_an_answer()
    {
        var service = await StartAsync();
        await AnswerAsync(service, 201);
        using var request = new HttpRequestMessage(HttpMethod.Post, "slow/a");
        request.Headers.Add("Idempotency-Key", "k");
        using var again = await service.Http.SendAsync(request, Token);

        Assert.Equal(("/slow/a", "text/plain"), (again.Headers.Location?.ToString(), again.Content.Headers.ContentType?.MediaType));
        Assert.Equal("201", await again.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Should_give_an_answer_again_free_of_limits()
    {
        var service = Own(await RunningService.StartAsync(
            RunningService.SettingsIn(Folder) with { Limits = new LimitOptions { RequestsPerMinute = 1 } }));
        const string Body = """{"events":[{"event_id":"e-1","account_id":"acme","user_id":"ann","type":"login","timestamp":"2026-01-31T12:00:00Z"}]}""";
        Assert.Equal(HttpStatusCode.Accepted, (await service.SendKeyedAsync(HttpMethod.Post, "events", "k", Body)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await service.SendKeyedAsync(HttpMethod.Post, "events", "l", Body)).Status);

        for (var i = 0; i < 3; i++)
            Assert.Equal((HttpStatusCode.Accepted, true), await ReplayAsync(service, Body));
        Assert.Equal(HttpStatusCode.Conflict, (await service.SendKeyedAsync(HttpMethod.Post, "events", "k", Body + " ")).Status);
        Assert.Equal(1, CountKeys(service));
    }

    [Theory]
    [InlineData("POST", "health")]
    [InlineData("POST", "nowhere")]
    [InlineData("POST", "dashboard/login")]
    [InlineData("PUT", "cars/seeder")]
    [InlineData("DELETE", "api/v1/timer/1")]
    public async Task Should_count_only_on_posts_that_start_something(string method, string path)
    {
        var service = await StartAsync();
        await service.SendKeyedAsync(new HttpMethod(method), path, "k", CarText.Good);
        Assert.Equal(0, CountKeys(service));
    }

    private static async Task<(HttpStatusCode, bool)> ReplayAsync(RunningService service, string body)
    {
        var answer = await service.SendKeyedAsync(HttpMethod.Post, "events", "k", body);
        return (answer.Status, answer.IsReplayed);
    }

    private async Task<HttpStatusCode> AnswerAsync(RunningService service, int status, string path = "slow/a")
    {
        var request = service.SendKeyedAsync(HttpMethod.Post, path, "k");
        (await StepAsync()).SetResult(status);
        return (await Soon(request)).Status;
    }

    private async Task<TaskCompletionSource<int>> StepAsync()
    {
        TaskCompletionSource<int>? step = null;
        await UntilAsync("It is under way", () => _steps.TryDequeue(out step));
        return step!;
    }

    private static long CountKeys(RunningService service)
    {
        using var reader = service.Get<MainDatabase>().OpenReader();
        var count = reader.Statement("SELECT count(*) FROM idempotency_keys");
        count.Read();
        return count.Number(0);
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder), app =>
        app.MapPost("/slow/{id}", async (string id, HttpContext context) =>
        {
            var step = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            _steps.Enqueue(step);
            context.Response.StatusCode = await step.Task.WaitAsync(Token);
            context.Response.Headers.Location = $"/slow/{id}";
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(context.Response.StatusCode.ToString(), Token);
        }).Accepts<object>(isOptional: true, "application/json", "*/*")));
}
