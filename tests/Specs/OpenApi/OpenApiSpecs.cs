using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using BusIngest.Specs.Hosting;

namespace BusIngest.Specs.OpenApi;

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
    public async Task Should_let_requests_in_without_a_key_where_none_is_needed()
    {
        var document = await ApiDescription.ReadAsync(shared.Service);

        Assert.Contains(document.GetProperty("security").EnumerateArray(), requirement => !requirement.EnumerateObject().Any());
        Assert.Equal("X-API-Key", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Should_name_each_operation_once()
    {
        var ids = (await OperationsAsync()).Select(operation => operation.GetProperty("operationId").GetString()).ToList();

        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.Matches("^[a-z][A-Za-z0-9]+$", id));
        Assert.Equal(ids.Distinct(StringComparer.Ordinal).Count(), ids.Count);
    }

    [Fact]
    public async Task Should_say_of_each_list_what_is_in_it()
    {
        var schemas = (await ApiDescription.ReadAsync(shared.Service)).GetProperty("components").GetProperty("schemas");

        var lists = schemas.EnumerateObject()
            .Where(schema => schema.Value.TryGetProperty("properties", out _))
            .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject().Select(property => (Name: $"{schema.Name}.{property.Name}", property.Value)))
            .Where(property => property.Value.TryGetProperty("type", out var type) && type.ToString().Contains("array", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(lists);
        Assert.All(lists, list => Assert.True(list.Value.TryGetProperty("items", out _), list.Name));
    }

    [Fact]
    public async Task Should_describe_no_number_as_a_text()
    {
        var text = (await ApiDescription.ReadAsync(shared.Service)).GetRawText();

        var types = Regex.Matches(text, @"""type"":\s*\[(?<types>[^\]]*)\]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["types"].Value);
        Assert.DoesNotContain(types, names => names.Contains("string", StringComparison.Ordinal) && Regex.IsMatch(names, "integer|number", RegexOptions.None, TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("limit")]
    [InlineData("quantity")]
    [InlineData("lines")]
    [InlineData("start")]
    [InlineData("end")]
    [InlineData("maxJobs")]
    [InlineData("grace")]
    public async Task Should_give_bounds_and_a_default_to_whole_numbers_of_queries(string name)
    {
        var parameters = (await OperationsAsync()).Where(operation => operation.TryGetProperty("parameters", out _))
            .SelectMany(operation => operation.GetProperty("parameters").EnumerateArray())
            .Where(parameter => parameter.GetProperty("name").ValueEquals(name))
            .Select(parameter => parameter.GetProperty("schema"));

        Assert.NotEmpty(parameters);
        Assert.All(parameters, schema =>
        {
            Assert.Equal("integer", schema.GetProperty("type").GetString());
            Assert.InRange(schema.GetProperty("default").GetInt64(), schema.GetProperty("minimum").GetInt64(), schema.GetProperty("maximum").GetInt64());
        });
    }

    [Fact]
    public async Task Should_describe_events_by_the_names_that_go_over_the_wire()
    {
        var schemas = (await ApiDescription.ReadAsync(shared.Service)).GetProperty("components").GetProperty("schemas");

        Assert.Equal(
            ["event_id", "account_id", "user_id", "type", "timestamp", "metadata"],
            schemas.GetProperty("RecordedEvent").GetProperty("properties").EnumerateObject().Select(property => property.Name),
            StringComparer.Ordinal);
        Assert.Equal(
            ["message_sent", "call_made", "form_submitted", "login", "custom"],
            schemas.GetProperty("EventType").GetProperty("enum").EnumerateArray().Select(word => word.GetString()),
            StringComparer.Ordinal);
        Assert.DoesNotContain(schemas.GetProperty("Car").GetProperty("required").EnumerateArray(), name => name.GetString() is "id" or "generatedAt");
        Assert.True(schemas.GetProperty("HttpValidationProblemDetails").GetProperty("properties").TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task Should_have_a_page()
    {
        var (status, type) = await FollowAsync("/docs");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (status, type));
    }

    private async Task<IReadOnlyList<JsonElement>> OperationsAsync() =>
    [
        .. (await ApiDescription.ReadAsync(shared.Service)).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => operation.Value)),
    ];

    private async Task<(HttpStatusCode Status, string? Type)> FollowAsync(string route)
    {
        using var answer = await shared.Service.Http.GetAsync(route, Token);
        return answer.Headers.Location is { } further
            ? await FollowAsync(new Uri(new Uri(shared.Service.Address, route), further).PathAndQuery)
            : (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType);
    }
}
