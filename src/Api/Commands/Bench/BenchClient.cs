using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BusIngest.Api.Security;

namespace BusIngest.Api.Commands.Bench;

/// <summary>Sends requests over as many connections as the load has, and tells what came of each.</summary>
/// <param name="options">Whom, and how patiently.</param>
/// <param name="time">The clock.</param>
internal sealed class BenchClient(BenchOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan UsualPause = TimeSpan.FromMilliseconds(200);

    /// <summary>The limits of a minute let everybody in again after that.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = options.Connections, ActivityHeadersPropagator = null }) { Timeout = Deadline };

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request once.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="route">Its route.</param>
    /// <param name="body">Its body, JSON; empty: none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<BenchAnswer> SendAsync(HttpMethod method, string route, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            using var request = Request(method, route, body);
            using var response = await _http.SendAsync(request, cancellationToken);
            var latency = time.GetElapsedTime(begun);
            if (response.IsSuccessStatusCode)
                return new BenchAnswer(response.StatusCode, latency, TimeSpan.Zero, await response.Content.ReadAsByteArrayAsync(cancellationToken), "");

            await using var problem = await response.Content.ReadAsStreamAsync(cancellationToken);
            var explanation = await ProblemText.ReadAsync(problem, cancellationToken);
            return new BenchAnswer(response.StatusCode, latency, RetryAfter(response), [], $"{(int)response.StatusCode} {explanation}".TrimEnd());
        }
        catch (Exception exception) when (IsBroken(exception, cancellationToken))
        {
            return new BenchAnswer(null, time.GetElapsedTime(begun), UsualPause, [], exception.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Sends a request again and again until it is answered for good, as long as the service says between two tries.</summary>
    /// <returns>A success, what would stay as it is, or the last try.</returns>
    public async Task<BenchAnswer> InsistAsync(HttpMethod method, string route, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var answer = await SendAsync(method, route, default, cancellationToken);
            if (answer.IsSuccess || answer.IsFinal || time.GetElapsedTime(begun) > options.Patience + LongestPause)
                return answer;
            await Task.Delay(answer.Pause, time, cancellationToken);
        }
    }

    /// <summary>Asks for something, patiently.</summary>
    /// <exception cref="CommandException">It was not answered.</exception>
    public async Task<T> GetAsync<T>(string route, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var answer = await InsistAsync(HttpMethod.Get, route, cancellationToken);
        if (!answer.IsSuccess)
            throw new CommandException($"GET /{route}: {answer.Reason}");

        try
        {
            return JsonSerializer.Deserialize(answer.Content, type) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new CommandException($"GET /{route} is answered, but not with what belongs there", exception);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string route, ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(method, $"{options.Url.AbsoluteUri.TrimEnd('/')}/{route}");
        if (options.ApiKey is { } key)
            request.Headers.TryAddWithoutValidation(ApiKeys.Header, key);
        if (!body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private static TimeSpan RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } wait && wait > TimeSpan.Zero ? (wait < LongestPause ? wait : LongestPause) : UsualPause;

    private static bool IsBroken(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
