using System.Text.Json;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Processes;
using BusIngest.Support.Cars;

namespace BusIngest.Specs.Events;

/// <summary>What a client of the events asks for.</summary>
internal static class RecordedEvents
{
    /// <summary>Posts a body of JSON.</summary>
    public static async Task<ApiAnswer> PostEventsAsync(this RunningService service, string json)
    {
        using var body = CarRequests.Body(json);
        return await service.Cars.SendAsync(HttpMethod.Post, "events", body, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts events, and returns their job.</summary>
    public static async Task<string> RecordAsync(this RunningService service, params IEnumerable<string> events)
    {
        var answer = await service.PostEventsAsync(EventText.Body(events));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.Status);
        return answer.Json().GetProperty("jobId").GetString()!;
    }

    /// <summary>A summary.</summary>
    public static Task<JsonElement> SummaryAsync(this RunningService service, string account, string query) =>
        service.Cars.GetAsync($"accounts/{Uri.EscapeDataString(account)}/summary?{query}", TestContext.Current.CancellationToken);
}
