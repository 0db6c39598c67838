using BusIngest.Bus.Storage;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Idempotency;

/// <summary>Requests under an idempotency key.</summary>
internal static class KeyedRequests
{
    /// <summary>Posts cars.</summary>
    /// <param name="service">To whom.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="json">The body.</param>
    /// <param name="apiKey">Who asks; null: nobody in particular.</param>
    public static Task<KeyedAnswer> PostKeyedAsync(this RunningService service, string key, string json, string? apiKey = null) =>
        service.SendKeyedAsync(HttpMethod.Post, "cars", key, json, apiKey);

    /// <summary>Sends any request.</summary>
    public static async Task<KeyedAnswer> SendKeyedAsync(
        this RunningService service, HttpMethod method, string route, string key, string? json = null, string? apiKey = null)
    {
        using var request = new HttpRequestMessage(method, route) { Content = json is null ? null : CarRequests.Body(json) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (apiKey is not null)
            request.Headers.Add("X-API-Key", apiKey);
        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await KeyedAnswer.ReadAsync(response);
    }

    /// <summary>Forgets every answer, as if a crash had come between the work and the answer.</summary>
    public static Task<int> ForgetAnswersAsync(this RunningService service) => service.Get<MainDatabase>().Writer.WriteAsync(
        1,
        session => session.Statement("UPDATE idempotency_keys SET status = NULL, answer = NULL").Execute(),
        TestContext.Current.CancellationToken);
}
