using System.Collections.Concurrent;
using System.Diagnostics;
using BusIngest.Bus.Telemetry;

namespace BusIngest.Specs.Telemetry;

/// <summary>Listens to all spans of the process, those of other specs among them; a spec looks at its own trace.</summary>
internal sealed class SpanCollector : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public SpanCollector()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Tracing.SourceName or "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The spans of a trace that are over.</summary>
    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _spans.Where(span => span.TraceId == trace)];

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> NamesOf(ActivityTraceId trace) => [.. Of(trace).Select(span => span.DisplayName)];

    /// <summary>The first span of a name.</summary>
    public Activity Find(ActivityTraceId trace, string name) => Of(trace).First(span => string.Equals(span.DisplayName, name, StringComparison.Ordinal));

    public void Dispose() => _listener.Dispose();

    /// <summary>Asserts that every span but the client's hangs on another one of its trace, each begun no earlier than that.</summary>
    public void AssertWhole(ActivityTraceId trace, ActivitySpanId client)
    {
        var spans = Of(trace).ToDictionary(span => span.SpanId);
        Assert.All(spans.Values, span =>
        {
            Assert.True(
                span.ParentSpanId == client || spans.ContainsKey(span.ParentSpanId), $"{span.DisplayName} hangs on {span.ParentSpanId}, which is not there");
            if (spans.TryGetValue(span.ParentSpanId, out var parent))
                Assert.True(span.StartTimeUtc >= parent.StartTimeUtc.AddMilliseconds(-1), $"{span.DisplayName} began before {parent.DisplayName}");
        });
    }
}
