using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Specs.OpenApi;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Hosting;

public sealed class ApiKeySpecs : Spec
{
    private const string Key = "the-key-of-ann";

    [Fact]
    public async Task Should_be_needed_on_every_route()
    {
        var service = await StartAsync();
        var routes = await ApiDescription.RoutesAsync(service, Key);
        Assert.InRange(routes.Count, 13, 1_000);

        foreach (var route in routes.Concat(["GET /openapi/v1.json", "GET /docs", "GET /docs/index.html", "GET /", "GET /dashboard/orders", "GET /dashboard/orders/live", "GET /nowhere", "POST /healthy"]))
        {
            using var response = await SendAsync(service, route, null);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{route}: {response.StatusCode}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal("ApiKey", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Theory]
    [InlineData("GET /health")]
    [InlineData("GET /health/live")]
    [InlineData("GET /health/ready")]
    public async Task Should_not_be_needed_for_health(string route)
    {
        var service = await StartAsync();

        using var response = await SendAsync(service, route, null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("the-key-of-an")]
    [InlineData("the-key-of-ann2")]
    [InlineData("The-Key-Of-Ann")]
    [InlineData("ann=the-key-of-ann")]
    [InlineData("the-key-of-ann, the-key-of-ann")]
    public async Task Should_be_one_of_the_keys(string key)
    {
        var service = await StartAsync();

        using var refused = await SendAsync(service, "GET /cars", key);
        using var served = await SendAsync(service, "GET /cars", Key);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }

    [Fact]
    public async Task Should_be_asked_for_by_the_description()
    {
        var document = await ApiDescription.ReadAsync(await StartAsync(), Key);

        var scheme = document.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey");
        Assert.Equal(("apiKey", "X-API-Key", "header"), (Text("type"), Text("name"), Text("in")));
        Assert.True(document.GetProperty("security")[0].TryGetProperty("ApiKey", out _));

        string? Text(string property) => scheme.GetProperty(property).GetString();
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(
        RunningService.SettingsIn(Folder) with { ApiKeys = [new ApiKey("bob", "another"), new ApiKey("ann", Key)] }));

    private static async Task<HttpResponseMessage> SendAsync(RunningService service, string route, string? key)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].Replace("{id}", $"{Guid.NewGuid()}", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("X-API-Key", key);
        return await service.Http.SendAsync(request, Token);
    }
}
