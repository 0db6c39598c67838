using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BusIngest.Api.Security;

namespace BusIngest.Api.Commands;

/// <summary>Asks a service over HTTP, and says in one line what goes wrong.</summary>
internal abstract class ServiceClient : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Deadline };
    private readonly Uri _url;
    private readonly string? _apiKey;
    private readonly string _what;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="url">Where the service is.</param>
    /// <param name="apiKey">What to send as X-API-Key; null: nothing.</param>
    /// <param name="what">What is asked for, in the plural.</param>
    protected ServiceClient(Uri url, string? apiKey, string what)
    {
        (_url, _apiKey, _what) = (url, apiKey, what);
        if (apiKey is not null)
            _http.DefaultRequestHeaders.TryAddWithoutValidation(ApiKeys.Header, apiKey);
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request without a body.</summary>
    /// <exception cref="CommandException">The service can't be reached, refuses, or answers with something else.</exception>
    protected Task<T> SendAsync<T>(HttpMethod method, string route, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(method, route, content: null, type, cancellationToken);

    /// <summary>Sends a request.</summary>
    /// <exception cref="CommandException">The service can't be reached, refuses, or answers with something else.</exception>
    protected async Task<T> SendAsync<T>(
        HttpMethod method, string route, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, $"{_url.AbsoluteUri.TrimEnd('/')}/{route}") { Content = content };
            using var answer = await _http.SendAsync(request, cancellationToken);
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new CommandException(await ExplainAsync(answer.StatusCode, body, cancellationToken));

            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("null");
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException($"{_url} can't be reached: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"{_url} did not answer within {Deadline.TotalSeconds:0} s", exception);
        }
        catch (JsonException exception)
        {
            throw new CommandException($"{_url} answers, but not with {_what}", exception);
        }
    }

    private async Task<string> ExplainAsync(HttpStatusCode status, Stream body, CancellationToken cancellationToken) => status switch
    {
        HttpStatusCode.Unauthorized when _apiKey is null => $"{_url} asks for a key: give it with --api-key",
        HttpStatusCode.Unauthorized => $"{_url} does not know the key given with --api-key",
        HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.Conflict => $"{_url} refuses: {await ProblemText.ReadAsync(body, cancellationToken) ?? $"{status}"}",
        _ => $"{_url} answered {(int)status} {status}",
    };
}
