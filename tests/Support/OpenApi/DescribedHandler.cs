using System.Text.Json;

namespace BusIngest.Support.OpenApi;

/// <summary>Fails a request whose answer, or whose accepted body, is not what the program's OpenAPI document says.</summary>
internal sealed class DescribedHandler : DelegatingHandler
{
    /// <summary>One for all programs of a test run: they describe the same routes.</summary>
    private static readonly Lock Gate = new();
    private static Task<DescribedRoutes>? _routes;

    /// <summary>Sends by the usual handler, without a proxy and without following redirects.</summary>
    public DescribedHandler()
        : base(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
    }

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = await ReadAsync(request.Content, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is not { } mediaType || !mediaType.EndsWith("json", StringComparison.Ordinal) || mediaType.EndsWith("ndjson", StringComparison.Ordinal))
            return response;

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        if (await RoutesAsync(request, cancellationToken) is not { } routes)
            return response;

        var errors = routes.Errors(
            request.Method, request.RequestUri!.AbsolutePath, sent, response.StatusCode, mediaType, await ReadAsync(response.Content, cancellationToken));
        return errors.Count == 0
            ? response
            : throw new InvalidOperationException(
                $"Not as the OpenAPI document says: {request.Method} {request.RequestUri.PathAndQuery} {(int)response.StatusCode}: {string.Join("; ", errors.Take(5))}");
    }

    private async Task<DescribedRoutes?> RoutesAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Task<DescribedRoutes> routes;
        lock (Gate)
        {
            if (_routes is null || _routes.IsFaulted || _routes.IsCanceled)
                _routes = FetchAsync(request);
            routes = _routes;
        }

        try
        {
            return await routes.WaitAsync(cancellationToken);
        }
        catch (HttpRequestException)
        {
            // It is on its way down, or wants a key that this request does not have; a later request gets the document.
            return null;
        }
    }

    private async Task<DescribedRoutes> FetchAsync(HttpRequestMessage request)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(request.RequestUri!, "/openapi/v1.json"));
        if (request.Headers.TryGetValues("X-API-Key", out var keys))
            ask.Headers.Add("X-API-Key", keys);
        using var response = await base.SendAsync(ask, CancellationToken.None);
        response.EnsureSuccessStatusCode();
        return new DescribedRoutes(JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync()));
    }

    private static async Task<JsonElement?> ReadAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null || content.Headers.ContentEncoding.Count > 0)
            return null;

        try
        {
            return JsonSerializer.Deserialize<JsonElement>(await content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (JsonException)
        {
            // Bodies that are no JSON are the program's to refuse.
            return null;
        }
    }
}
