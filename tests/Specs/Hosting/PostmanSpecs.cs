using System.Text.Json;
using BusIngest.Specs.OpenApi;

namespace BusIngest.Specs.Hosting;

/// <summary>The Postman collection against the description of the API.</summary>
public sealed class PostmanSpecs(SharedService shared) : IClassFixture<SharedService>
{
    /// <summary>Routes of the host itself, which are no part of the description.</summary>
    private static readonly string[] Own = ["GET /health", "GET /health/live", "GET /health/ready", "GET /metrics"];

    [Fact]
    public async Task Should_have_every_route_and_no_other()
    {
        var described = await ApiDescription.RoutesAsync(shared.Service);
        var collected = PostmanCollection.Requests().Select(PostmanCollection.Route);

        Assert.Equal(
            described.Concat(Own).Order(StringComparer.Ordinal), collected.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Should_ask_only_with_parameters_that_are_described()
    {
        var paths = (await ApiDescription.ReadAsync(shared.Service)).GetProperty("paths");

        Assert.All(PostmanCollection.Requests(), item =>
        {
            var route = PostmanCollection.Route(item).Split(' ');
            if (item.GetProperty("request").GetProperty("url").TryGetProperty("query", out var query))
                Assert.Subset(Queries(paths.GetProperty(route[1]).GetProperty(route[0].ToLowerInvariant())), Keys(query));
        });
    }

    [Fact]
    public void Should_be_of_version_2_1_and_take_its_address_and_key_from_variables()
    {
        var collection = PostmanCollection.Read();

        Assert.Equal("https://schema.getpostman.com/json/collection/v2.1.0/collection.json", collection.GetProperty("info").GetProperty("schema").GetString());
        Assert.Superset(new HashSet<string>(["baseUrl", "apiKey"], StringComparer.Ordinal), Keys(collection.GetProperty("variable")));
        Assert.All(PostmanCollection.Requests(), item => Assert.StartsWith(
            "{{baseUrl}}/", item.GetProperty("request").GetProperty("url").GetProperty("raw").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Should_test_the_timers_and_keep_the_first_ones_id()
    {
        var timers = PostmanCollection.Requests()
            .Where(item => PostmanCollection.Route(item).Contains("/api/v1/timer", StringComparison.Ordinal)).ToList();

        Assert.All(timers, item => Assert.Contains("pm.test(", Script(item), StringComparison.Ordinal));
        Assert.Contains("pm.collectionVariables.set('timerId'", Script(timers[0]), StringComparison.Ordinal);
    }

    private static string Script(JsonElement item) => item.GetProperty("event")[0].GetProperty("script").GetProperty("exec").GetRawText();

    private static HashSet<string> Keys(JsonElement pairs) =>
        pairs.EnumerateArray().Select(pair => pair.GetProperty("key").GetString()!).ToHashSet(StringComparer.Ordinal);

    private static HashSet<string> Queries(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").ValueEquals("query"))
            .Select(parameter => parameter.GetProperty("name").GetString()!)
            .ToHashSet(StringComparer.Ordinal)
        : [];
}
