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

    /// <summary>Posts events, and returns their job once it is over.</summary>
    public static async Task<string> RecordAsync(this RunningService service, params IEnumerable<string> events)
    {
        var answer = await service.PostEventsAsync(EventText.Body(events));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.Status);
        var job = answer.Json().GetProperty("jobId").GetString()!;
        await service.OverAsync(job);
        return job;
    }

    /// <summary>Waits until a job is over, on a slow machine too.</summary>
    public static Task<string?> OverAsync(this RunningService service, string job) => Support.Eventually.BecomesAsync(
        $"{job} is over",
        async token => (await service.Cars.GetAsync($"jobs/{job}", token)).GetProperty("state").GetString(),
        static state => state is "stored" or "failed",
        TimeSpan.FromSeconds(60),
        TestContext.Current.CancellationToken);

    /// <summary>A summary.</summary>
    public static Task<JsonElement> SummaryAsync(this RunningService service, string account, string query) =>
        service.Cars.GetAsync($"accounts/{Uri.EscapeDataString(account)}/summary?{query}", TestContext.Current.CancellationToken);
}
