using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using BusIngest.Api.Security;

namespace BusIngest.Api.Commands.Events;

/// <summary>Posts batches until each is accepted or given up, and asks what became of them.</summary>
/// <param name="options">Whom, and how patiently.</param>
/// <param name="tally">Notes how it goes.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadClient(LoadOptions options, LoadTally tally, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = options.Connections, ActivityHeadersPropagator = null }) { Timeout = Deadline };

    /// <summary>The job of the batch accepted last.</summary>
    public string? LastJob { get; private set; }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Posts a batch.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="numbers">What is in it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task PostAsync(ReadOnlyMemory<byte> body, List<int> numbers, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var (reason, pause) = await TryPostAsync(body, numbers, cancellationToken);
            if (reason is null)
                return;
            if (pause is not { } wait || time.GetElapsedTime(begun) + wait > options.Patience + LongestWait)
            {
                tally.GiveUp(reason);
                return;
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Asks for JSON, and waits as long as the service says before it asks again.</summary>
    /// <exception cref="CommandException">It can't be had.</exception>
    public async Task<JsonElement> GetAsync(string route, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var reason = "";
            var wait = Pause;
            try
            {
                using var request = Request(HttpMethod.Get, route);
                using var response = await _http.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                    return await ReadAsync(response, cancellationToken);
                (reason, wait) = ($"{(int)response.StatusCode}", RetryAfter(response));
                if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                    throw new CommandException($"GET /{route} answers {reason}");
            }
            catch (Exception exception) when (IsBroken(exception, cancellationToken))
            {
                reason = exception.Message;
            }

            if (time.GetElapsedTime(begun) > options.Patience + LongestWait)
                throw new CommandException($"GET /{route}: {reason}");
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Tries once.</summary>
    /// <returns>Null when it was accepted; else why not, and when to try again, if at all.</returns>
    private async Task<(string? Reason, TimeSpan? Pause)> TryPostAsync(ReadOnlyMemory<byte> body, List<int> numbers, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            using var request = Request(HttpMethod.Post, "events");
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.Accepted)
            {
                tally.Accept(numbers, time.GetElapsedTime(begun));
                LastJob = (await ReadAsync(response, cancellationToken)).GetProperty("jobId").ToString();
                return (null, null);
            }

            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            {
                // What could not be made durable in time may become so later.
                tally.Repeat(numbers, isKnown: response.StatusCode is HttpStatusCode.TooManyRequests);
                return ($"{(int)response.StatusCode} for longer than {options.Patience.TotalSeconds:0} s", RetryAfter(response));
            }

            await using var problem = await response.Content.ReadAsStreamAsync(cancellationToken);
            return ($"{(int)response.StatusCode} {await ProblemText.ReadAsync(problem, cancellationToken)}", null);
        }
        catch (Exception exception) when (IsBroken(exception, cancellationToken))
        {
            tally.Repeat(numbers, isKnown: false);
            return (exception.Message.ReplaceLineEndings(" "), Pause);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string route)
    {
        var request = new HttpRequestMessage(method, $"{options.Url.AbsoluteUri.TrimEnd('/')}/{route}");
        if (options.ApiKey is { } key)
            request.Headers.TryAddWithoutValidation(ApiKeys.Header, key);
        return request;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return document.RootElement.Clone();
    }

    private static TimeSpan RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } wait && wait > TimeSpan.Zero ? (wait < LongestWait ? wait : LongestWait) : Pause;

    private static bool IsBroken(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or JsonException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
