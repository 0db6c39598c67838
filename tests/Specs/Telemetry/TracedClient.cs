using System.Diagnostics;
using BusIngest.Specs.Processes;

namespace BusIngest.Specs.Telemetry;

/// <summary>A client that has a trace of its own.</summary>
internal sealed class TracedClient(RunningService service)
{
    /// <summary>Its trace.</summary>
    public ActivityTraceId Trace { get; } = ActivityTraceId.CreateRandom();

    /// <summary>Its span.</summary>
    public ActivitySpanId Span { get; } = ActivitySpanId.CreateRandom();

    /// <summary>Sends a request as part of the trace.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, null, "application/json");
        request.Headers.Add("traceparent", $"00-{Trace}-{Span}-01");
        return await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
