using System.Net;

namespace BusIngest.Specs.Hosting;

public sealed class OpenApiSpecs(SharedService shared) : IClassFixture<SharedService>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_list_the_routes()
    {
        var routes = await ApiDescription.RoutesAsync(shared.Service);

        Assert.Superset(
            new HashSet<string>(
                [
                    "GET /cars", "POST /cars", "GET /cars/{id}", "GET /cars/stats",
                    "GET /cars/seeder", "PUT /cars/seeder", "POST /cars/seeder/start", "POST /cars/seeder/stop", "GET /outbox",
                    "GET /messages/failed", "POST /messages/failed/{id}/retry", "POST /messages/failed/retry", "DELETE /messages/failed/{id}",
                    "GET /sagas", "GET /sagas/{kind}", "GET /sagas/{kind}/{correlationId}", "GET /sagas/{kind}/graph",
                ],
                StringComparer.Ordinal),
            routes.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_ask_for_no_key_where_none_is_needed() =>
        Assert.False((await ApiDescription.ReadAsync(shared.Service)).TryGetProperty("security", out _));

    [Fact]
    public async Task Should_have_a_page()
    {
        var (status, type) = await FollowAsync("/docs");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (status, type));
    }

    private async Task<(HttpStatusCode Status, string? Type)> FollowAsync(string route)
    {
        using var answer = await shared.Service.Http.GetAsync(route, Token);
        return answer.Headers.Location is { } further
            ? await FollowAsync(new Uri(new Uri(shared.Service.Address, route), further).PathAndQuery)
            : (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
    }
}
