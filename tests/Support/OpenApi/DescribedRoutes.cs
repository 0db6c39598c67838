using System.Globalization;
using System.Net;
using System.Text.Json;

namespace BusIngest.Support.OpenApi;

/// <summary>Holds requests and answers against an OpenAPI document.</summary>
internal sealed class DescribedRoutes
{
    /// <summary>Answers of the host itself, which any route may give.</summary>
    private static readonly HttpStatusCode[] OfTheHost =
    [
        HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.MethodNotAllowed, HttpStatusCode.TooManyRequests,
        HttpStatusCode.MisdirectedRequest, HttpStatusCode.RequestUriTooLong, HttpStatusCode.RequestHeaderFieldsTooLarge, HttpStatusCode.InternalServerError,
    ];

    private readonly SchemaCheck _answers;
    private readonly SchemaCheck _requests;
    private readonly IReadOnlyList<(string[] Path, JsonElement Operations)> _routes;

    /// <summary>Reads a document.</summary>
    public DescribedRoutes(JsonElement document)
    {
        _answers = new SchemaCheck(document, mayHaveMore: false);
        _requests = new SchemaCheck(document, mayHaveMore: true);
        // What is written out wins over a parameter, as in routing.
        _routes =
        [
            .. document.GetProperty("paths").EnumerateObject()
                .OrderBy(path => path.Name.Count(letter => letter == '{'))
                .Select(path => (path.Name.Trim('/').Split('/'), path.Value)),
        ];
    }

    /// <summary>What is wrong with an answer, and with the body of a request that was accepted; empty: nothing, or a route that is not described.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="path">Its path, as it was sent.</param>
    /// <param name="sent">Its body; null: none, or it is no JSON.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="mediaType">The answer's media type; null: none.</param>
    /// <param name="answer">The answer's body; null: none, or it is no JSON.</param>
    public IReadOnlyList<string> Errors(HttpMethod method, string path, JsonElement? sent, HttpStatusCode status, string? mediaType, JsonElement? answer)
    {
        var segments = path.Trim('/').Split('/');
        var operations = _routes.FirstOrDefault(route => Matches(route.Path, segments)).Operations;
        if (operations.ValueKind != JsonValueKind.Object || !operations.TryGetProperty(method.Method.ToLowerInvariant(), out var operation))
            return [];

        // A 404 that is not described is that of a process which does not have the route.
        var number = ((int)status).ToString(CultureInfo.InvariantCulture);
        if (!operation.GetProperty("responses").TryGetProperty(number, out var response))
            return OfTheHost.Contains(status) || status == HttpStatusCode.NotFound ? [] : [$"the status {number} is not described"];

        var errors = new List<string>();
        if (answer is { } body && mediaType is not null)
            errors.AddRange(Errors(_answers, response, mediaType, body, "answer"));
        if (sent is { } request && (int)status is >= 200 and < 300 && operation.TryGetProperty("requestBody", out var described))
            errors.AddRange(Errors(_requests, described, "application/json", request, "request"));
        return errors;
    }

    private static IEnumerable<string> Errors(SchemaCheck schemas, JsonElement described, string mediaType, JsonElement value, string what)
    {
        if (!described.TryGetProperty("content", out var content) || !content.TryGetProperty(mediaType, out var media))
            return [$"the {what} is {mediaType}, which is not described"];

        return media.TryGetProperty("schema", out var schema) ? schemas.Errors(schema, value, what) : [];
    }

    private static bool Matches(string[] template, string[] path) =>
        template.Length == path.Length && template.Zip(path).All(pair => pair.First.StartsWith('{') || string.Equals(pair.First, pair.Second, StringComparison.Ordinal));
}
