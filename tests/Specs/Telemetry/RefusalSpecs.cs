using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Telemetry;

/// <summary>What is refused is a metric, and on the dashboard.</summary>
public sealed class RefusalSpecs : Spec
{
    private const string Key = "q3Xk9ZLr0aB7cD2eF4gH6iJ8kL1mN3oP5qR7sT9uV1w";

    [Fact]
    public async Task Should_be_counted_by_what_it_is_and_shown()
    {
        var settings = RunningService.SettingsIn(Folder);
        var service = Own(await RunningService.StartAsync(settings with
        {
            ApiKeys = [new ApiKey("ann", Key)],
            Limits = settings.Limits with { RequestsPerMinute = 1 },
            Http = settings.Http with { MaxBodyBytes = 1_024 },
        }));

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(service, "cars", "[]", key: "wrong"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(service, "cars", new string(' ', 2_000)));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(service, "events", "{}"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SendAsync(service, "events", "{}"));

        var (metrics, page) = (await GetAsync(service, "metrics"), await GetAsync(service, ""));
        foreach (var what in new[] { "key", "large-body", "limit" })
        {
            Assert.Contains($"busingest_http_refused_total{{what=\"{what}\"}}", metrics, StringComparison.Ordinal);
            Assert.Matches($"{what} [1-9]", page);
        }
    }

    private static async Task<HttpStatusCode> SendAsync(RunningService service, string path, string text, string key = Key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("X-API-Key", key);
        using var answer = await service.Http.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private static async Task<string> GetAsync(RunningService service, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-API-Key", Key);
        using var answer = await service.Http.SendAsync(request, Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
