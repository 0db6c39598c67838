using System.Net;
using System.Text.Json;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Storage;
using BusIngest.Support.Cars;
using Microsoft.AspNetCore.Builder;

namespace BusIngest.Specs.Hosting;

public sealed class ProblemSpecs : Spec
{
    private const int MaxBodyBytes = 1_024;

    [Theory]
    [InlineData("GET", "nowhere", 404)]
    [InlineData("GET", "cars/nonsense", 404)]
    [InlineData("GET", "openapi/v2.json", 404)]
    [InlineData("GET", "messages/failed/nonsense/retry", 405)]
    [InlineData("DELETE", "cars", 405)]
    [InlineData("GET", "throws", 500)]
    [InlineData("POST", "throws", 405)]
    public async Task Should_answer_with_a_problem(string method, string route, int status)
    {
        var service = await StartAsync();

        AssertProblem(status, await service.Cars.SendAsync(new HttpMethod(method), route, null, Token));
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/html")]
    public async Task Should_be_a_problem_whatever_the_client_accepts(string accept)
    {
        var service = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "nowhere");
        request.Headers.Add("Accept", accept);

        using var response = await service.Http.SendAsync(request, Token);

        AssertProblem(404, await ApiAnswer.ReadAsync(response, Token));
    }

    [Fact]
    public async Task Should_tell_nothing_of_the_inside()
    {
        var service = await StartAsync();

        var answer = await service.Cars.SendAsync(HttpMethod.Get, "throws", null, Token);

        Assert.NotEmpty(answer.Json().GetProperty("traceId").GetString()!);
        foreach (var inside in new[] { "the secret", nameof(InvalidTimeZoneException), "   at ", ".cs" })
            Assert.DoesNotContain(inside, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_refuse_a_body_past_the_limit(bool announced)
    {
        var service = await StartAsync();
        using var body = CarRequests.Body(CarText.Good.PadRight(MaxBodyBytes + 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, "cars") { Content = body };
        request.Headers.TransferEncodingChunked = !announced;

        using var response = await service.Http.SendAsync(request, Token);

        var answer = await ApiAnswer.ReadAsync(response, Token);
        AssertProblem(413, answer);
        Assert.Contains($"{MaxBodyBytes}", answer.Json().GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await service.PostCarsAsync(CarText.Good.PadRight(MaxBodyBytes))).Status);
    }

    [Fact]
    public async Task Should_say_when_to_come_back_in_whole_seconds()
    {
        var service = await StartAsync();

        var answer = await service.Cars.SendAsync(HttpMethod.Get, "refuses", null, Token);

        AssertProblem(503, answer);
        Assert.Equal(TimeSpan.FromSeconds(3), answer.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Should_refuse_cars_that_cannot_be_made_durable()
    {
        var service = await StartAsync();
        using (await UnwritableFile.ReplaceAsync(service.Get<InboxDatabase>()))
        {
            var answer = await service.PostCarsAsync(CarText.Good);
            AssertProblem(503, answer);
            Assert.InRange(answer.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
        }

        Assert.Equal(HttpStatusCode.Accepted, (await service.PostCarsAsync(CarText.Good)).Status);
    }

    private async Task<RunningService> StartAsync()
    {
        var settings = RunningService.SettingsIn(Folder);
        return Own(await RunningService.StartAsync(settings with { Http = settings.Http with { MaxBodyBytes = MaxBodyBytes } }, MapFailures));
    }

    private static void MapFailures(WebApplication app)
    {
        app.MapGet("/throws", string () => throw new InvalidTimeZoneException("the secret"));
        app.MapGet("/refuses", string () => throw new OutboxUnavailableException("Full.", TimeSpan.FromSeconds(2.1)));
    }

    private static void AssertProblem(int status, ApiAnswer answer)
    {
        Assert.Equal((status, "application/problem+json"), ((int)answer.Status, answer.MediaType));
        Assert.Equal(status, answer.Json().GetProperty("status").GetInt32());
        Assert.Equal(JsonValueKind.String, answer.Json().GetProperty("title").ValueKind);
    }
}
