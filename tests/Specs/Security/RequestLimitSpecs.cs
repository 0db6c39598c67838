using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Security;

public sealed class RequestLimitSpecs : Spec
{
    [Theory]
    [InlineData(1, 100, HttpStatusCode.OK)]
    [InlineData(30, 50, HttpStatusCode.OK)]
    [InlineData(70, 10, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData(1, 5_000, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData(20, 300, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task Should_refuse_more_headers_than_anyone_needs(int count, int length, HttpStatusCode expected)
    {
        var service = await StartAsync(new HttpSettings { Port = 0, MaxHeaderBytes = 4 << 10 });
        using var request = new HttpRequestMessage(HttpMethod.Get, "health/live");
        for (var i = 0; i < count; i++)
            request.Headers.TryAddWithoutValidation($"X-Extra-{i}", new string('x', length));
        using var response = await service.Http.SendAsync(request, Token);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Should_refuse_an_address_that_is_too_long()
    {
        var service = await StartAsync(new HttpSettings { Port = 0 });
        using var response = await service.Http.GetAsync($"cars?make={new string('x', 9_000)}", Token);
        Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
    }

    private async Task<RunningService> StartAsync(HttpSettings http) =>
        Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with { Http = http }));
}
