using System.Net;
using System.Text.Json;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Support.Cars;

namespace BusIngest.Specs.Timers.Api;

/// <summary>What a client of the timers asks for.</summary>
internal static class TimerRequests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Posts a body.</summary>
    public static async Task<ApiAnswer> PostTimerAsync(this RunningService service, string json)
    {
        using var body = CarRequests.Body(json);
        return await service.Cars.SendAsync(HttpMethod.Post, "api/v1/timer", body, Token);
    }

    /// <summary>Sets a timer.</summary>
    /// <returns>Its id.</returns>
    public static async Task<Guid> SetTimerAsync(this RunningService service, string json)
    {
        var answer = await service.PostTimerAsync(json);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Json().GetProperty("timer").GetProperty("timerId").GetGuid();
    }

    /// <summary>Sends a request without a body.</summary>
    public static Task<ApiAnswer> AskAsync(this RunningService service, string method, string route) =>
        service.Cars.SendAsync(new HttpMethod(method), $"api/v1/{route}", null, Token);

    /// <summary>A timer's status.</summary>
    public static async Task<string?> TimerStatusAsync(this RunningService service, Guid id, CancellationToken cancellationToken) =>
        Status(await service.Cars.GetAsync($"api/v1/timer/{id}", cancellationToken));

    /// <summary>The status in an answer about one timer.</summary>
    public static string? Status(JsonElement answer) => answer.GetProperty("timer").GetProperty("timerStatus").GetString();
}
