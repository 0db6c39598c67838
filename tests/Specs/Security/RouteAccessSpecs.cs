using System.Net;
using BusIngest.Api.Configuration;
using BusIngest.Api.Security;
using BusIngest.Specs.OpenApi;
using BusIngest.Specs.Processes;
using BusIngest.Support.Operating;
using Microsoft.AspNetCore.Routing;

namespace BusIngest.Specs.Security;

/// <summary>Who may do what: over the whole OpenAPI document, and over everything else that is served.</summary>
public sealed class RouteAccessSpecs : Spec
{
    private const string Everything = "the-key-of-ann-for-everything";

    private static readonly (string Name, AccessScopes Scope, string Key)[] Holders =
    [
        ("reader", AccessScopes.Read, "the-key-of-the-reader"),
        ("writer", AccessScopes.Write, "the-key-of-the-writer"),
        ("operator", AccessScopes.Operate, "the-key-of-the-operator"),
    ];

    [Fact]
    public async Task Should_refuse_a_stranger_everywhere()
    {
        var service = await StartAsync();
        var routes = RoutesOf(service);
        Assert.InRange(routes.Count, 60, 1_000);
        Assert.Empty((await ApiDescription.RoutesAsync(service, Everything)).Except(
            routes.Select(route => $"{route.Method} /{route.Pattern}"), StringComparer.Ordinal));
        foreach (var route in routes)
        {
            foreach (var key in new[] { null, "", "a-guess", "ann", $"{Everything}x" })
            {
                using var response = await SendAsync(service, route.Method, route.Path, key);
                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{route.Method} {route.Path}: {response.StatusCode}");
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Should_let_each_do_what_his_key_is_good_for_and_nothing_else(int index)
    {
        var holder = Holders[index];
        var service = await StartAsync();
        foreach (var route in RoutesOf(service))
        {
            var needed = RouteScopes.NeededBy(route.Method, route.Pattern);
            using var response = await SendAsync(service, route.Method, route.Path, holder.Key);
            var isRefused = response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized;
            Assert.True(isRefused == (needed != holder.Scope), $"{holder.Name}: {route.Method} {route.Path} needs {needed}: {response.StatusCode}");
            if (!isRefused)
                continue;

            Assert.Equal((HttpStatusCode.Forbidden, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.DoesNotContain(holder.Key, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_have_a_route_for_each_that_needs_an_operator()
    {
        var service = await StartAsync();
        Assert.Empty(RouteScopes.Operating.Except(
            RoutesOf(service).Where(route => !string.Equals(route.Method, "GET", StringComparison.Ordinal)).Select(route => route.Pattern),
            StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("GET", "cars", AccessScopes.Read)]
    [InlineData("HEAD", "/cars", AccessScopes.Read)]
    [InlineData("GET", "cars/seeder/", AccessScopes.Read)]
    [InlineData("POST", "cars", AccessScopes.Write)]
    [InlineData("POST", "/pedidos/generate", AccessScopes.Write)]
    [InlineData("DELETE", "/api/v1/timer/{timerId}", AccessScopes.Write)]
    [InlineData("POST", null, AccessScopes.Write)]
    [InlineData("PUT", "/cars/seeder/", AccessScopes.Operate)]
    [InlineData("POST", "/pedidos/cancel", AccessScopes.Operate)]
    [InlineData("POST", "/sync/runs/{runId}/pause", AccessScopes.Operate)]
    [InlineData("DELETE", "/messages/failed/{id}", AccessScopes.Operate)]
    public void Should_know_what_a_route_needs(string method, string? pattern, AccessScopes needed) =>
        Assert.Equal(needed, RouteScopes.NeededBy(method, pattern));

    [Fact]
    public async Task Should_take_a_key_as_a_bearer_token_too()
    {
        var service = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, ("Authorization", $"Bearer {Everything}")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, ("authorization", $"bearer {Everything}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, ("Authorization", "Bearer a-guess")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, ("Authorization", $"Basic {Everything}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, ("X-API-Key", "a-guess"), ("Authorization", $"Bearer {Everything}")));
    }

    [Fact]
    public async Task Should_describe_the_scope_of_each_route()
    {
        var paths = (await ApiDescription.ReadAsync(await StartAsync(), Everything)).GetProperty("paths");
        Assert.Equal("read", Scope("/cars", "get"));
        Assert.Equal("write", Scope("/cars", "post"));
        Assert.Equal("operate", Scope("/outbox/isolate", "post"));
        Assert.True(paths.GetProperty("/cars").GetProperty("get").GetProperty("responses").TryGetProperty("403", out _));

        string? Scope(string path, string method) =>
            paths.GetProperty(path).GetProperty(method).GetProperty("security")[0].GetProperty("ApiKey")[0].GetString();
    }

    private async Task<RunningService> StartAsync() => Own(await RunningService.StartAsync(RunningService.SettingsIn(Folder) with
    {
        ApiKeys = [new ApiKey("ann", Everything), .. Holders.Select(holder => new ApiKey(holder.Name, holder.Key, holder.Scope))],
    }));

    private static IReadOnlyList<MappedRoute> RoutesOf(RunningService service) => MappedRoutes.Of(service.Get<EndpointDataSource>());

    private static async Task<HttpResponseMessage> SendAsync(RunningService service, string method, string path, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("X-API-Key", key);
        // Streams never end.
        return await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningService service, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "cars");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await service.Http.SendAsync(request, Token);
        return response.StatusCode;
    }
}
