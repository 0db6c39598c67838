using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BusIngest.Api.Security;

namespace BusIngest.Api.Commands;

/// <summary>Asks a service over HTTP, and says in one line what goes wrong.</summary>
internal abstract class ServiceClient : IDisposable
{
    private const string KeyOptions = $"--api-key, --api-key-file or {ServiceOptions.KeyVariable}";

    private static readonly TimeSpan UsualDeadline = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Uri _url;
    private readonly string? _apiKey;
    private readonly string _what;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="url">Where the service is.</param>
    /// <param name="apiKey">What to send as X-API-Key; null: nothing.</param>
    /// <param name="what">What is asked for, in the plural.</param>
    /// <param name="deadline">How long an answer may take; 10 s by default.</param>
    protected ServiceClient(Uri url, string? apiKey, string what, TimeSpan? deadline = null)
    {
        (_url, _apiKey, _what) = (url, apiKey, what);
        _http.Timeout = deadline ?? UsualDeadline;
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
    protected Task<T> SendAsync<T>(
        HttpMethod method, string route, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        AskAsync(
            method,
            route,
            content,
            async answer =>
            {
                await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
                return answer.IsSuccessStatusCode
                    ? await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("null")
                    : throw new CommandException(await ExplainAsync(answer.StatusCode, body, cancellationToken));
            },
            cancellationToken);

    /// <summary>Sends a request about something that may not be there, whose answer has no body.</summary>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="CommandException">The service can't be reached, or refuses.</exception>
    protected Task<bool> TrySendAsync(HttpMethod method, string route, CancellationToken cancellationToken) => AskAsync(
        method,
        route,
        content: null,
        async answer =>
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return answer.IsSuccessStatusCode || (answer.StatusCode is HttpStatusCode.NotFound
                ? false
                : throw new CommandException(await ExplainAsync(answer.StatusCode, body, cancellationToken)));
        },
        cancellationToken);

    private async Task<T> AskAsync<T>(
        HttpMethod method, string route, HttpContent? content, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, $"{_url.AbsoluteUri.TrimEnd('/')}/{route}") { Content = content };
            using var answer = await _http.SendAsync(request, cancellationToken);
            return await read(answer);
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException($"{_url} can't be reached: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"{_url} did not answer within {_http.Timeout.TotalSeconds:0} s", exception);
        }
        catch (JsonException exception)
        {
            throw new CommandException($"{_url} answers, but not with {_what}", exception);
        }
    }

    private async Task<string> ExplainAsync(HttpStatusCode status, Stream body, CancellationToken cancellationToken) => status switch
    {
        HttpStatusCode.Unauthorized when _apiKey is null => $"{_url} asks for a key: give it with {KeyOptions}",
        HttpStatusCode.Unauthorized => $"{_url} does not know the key given with {KeyOptions}",
        HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Conflict => $"{_url} refuses: {await ProblemText.ReadAsync(body, cancellationToken) ?? $"{status}"}",
        _ => $"{_url} answered {(int)status} {status}",
    };
}
