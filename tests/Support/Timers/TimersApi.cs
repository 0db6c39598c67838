using System.Net;
using System.Net.Http.Json;
using BusIngest.Support.Cars;

namespace BusIngest.Support.Timers;

/// <summary>The routes of the timers, with a ledger of what they promised.</summary>
/// <param name="api">The program's routes.</param>
/// <param name="ledger">Takes what comes back.</param>
public sealed class TimersApi(CarsApi api, TimerLedger ledger)
{
    private const string Route = "api/v1/timer";

    /// <summary>Sets a timer.</summary>
    /// <param name="name">The name of its webhook, of its own among all.</param>
    /// <param name="seconds">When it is due, 0–59.</param>
    /// <param name="url">Its webhook.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns>The timer; null when nobody serves, it was refused with 503, or nobody knows.</returns>
    public async Task<PostedTimer?> PostAsync(string name, int seconds, string url, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(new { hours = 0, minutes = 0, seconds, webhookUrl = url });
        var earliest = TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        ledger.Sending(name);
        var answer = await TryAsync(HttpMethod.Post, Route, body, () => ledger.Refuse(name), cancellationToken);
        if (answer is null)
            return null;
        if (answer.Status != HttpStatusCode.Created)
        {
            Judge(answer, $"POST {name}");
            ledger.Refuse(name);
            return null;
        }

        var id = answer.Json().GetProperty("timer").GetProperty("timerId").GetGuid();
        var timer = new PostedTimer(id, name, earliest, TimeProvider.System.GetUtcNow().AddSeconds(seconds));
        ledger.Acknowledge(timer);
        return timer;
    }

    /// <summary>Cancels a timer; it may be too late.</summary>
    /// <returns>Whether it is cancelled for certain.</returns>
    public async Task<bool> CancelAsync(Guid id, CancellationToken cancellationToken)
    {
        ledger.Cancelling(id);
        // Refused means little: a request without a body that a kill cut off is sent again by HttpClient itself, and only then refused.
        var answer = await TryAsync(HttpMethod.Delete, $"{Route}/{id}", null, notSent: static () => { }, cancellationToken);
        // 503: nobody knows what the saga decides when the command comes.
        if (answer is null or { Status: HttpStatusCode.ServiceUnavailable })
            return false;
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Conflict))
            Judge(answer, $"DELETE {id}");
        ledger.EndCancelling(id, answer.Status == HttpStatusCode.OK);
        return answer.Status == HttpStatusCode.OK;
    }

    /// <summary>A timer's state, as GET gives it.</summary>
    public async Task<string> StatusAsync(Guid id, CancellationToken cancellationToken) =>
        (await api.GetAsync($"{Route}/{id}", cancellationToken)).GetProperty("timer").GetProperty("timerStatus").GetString()!;

    /// <summary>The errors of a timer's tries, null where there was none, the first try first.</summary>
    public async Task<IReadOnlyList<string?>> ErrorsAsync(Guid id, CancellationToken cancellationToken) =>
        (await api.GetAsync($"{Route}/{id}/attempts", cancellationToken)).GetProperty("attempts").EnumerateArray()
            .Select(static attempt => attempt.GetProperty("error").GetString()).ToList();

    /// <summary>How many sagas there are, of any kind.</summary>
    public async Task<long> CountSagasAsync(CancellationToken cancellationToken) =>
        (await api.GetAsync("sagas", cancellationToken)).GetProperty("kinds").EnumerateArray().Sum(static kind => kind.GetProperty("total").GetInt64());

    private async Task<ApiAnswer?> TryAsync(
        HttpMethod method, string route, HttpContent? body, Action notSent, CancellationToken cancellationToken)
    {
        try
        {
            return await api.SendAsync(method, route, body, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            notSent();
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private void Judge(ApiAnswer answer, string what)
    {
        if (answer is not { Status: HttpStatusCode.ServiceUnavailable, RetryAfter: not null })
            ledger.Violate($"{what}: {(int)answer.Status} {answer.Text}");
    }
}
