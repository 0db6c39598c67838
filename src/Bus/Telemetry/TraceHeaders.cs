using System.Diagnostics;
using MassTransit;

namespace BusIngest.Bus.Telemetry;

/// <summary>How a message carries the trace that it belongs to: W3C Trace Context, in two of its headers.</summary>
internal static class TraceHeaders
{
    /// <summary>The span that the message comes from, as in https://www.w3.org/TR/trace-context/.</summary>
    public const string Parent = "traceparent";

    /// <summary>Others who put records into it, separated by semicolons.</summary>
    public const string Links = "tracelinks";

    /// <summary>Has a message that is sent belong to the current span, if there is one.</summary>
    public static void Write(SendHeaders headers)
    {
        if (Tracing.IsOn && Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id })
            headers.Set(Parent, id);
    }

    /// <summary>Has a message that is made of records belong to the spans that these came from.</summary>
    /// <param name="headers">The message's.</param>
    /// <param name="trace">The spans, as <see cref="RecordTraces"/> writes them; null: there are none.</param>
    public static void Write(SendHeaders headers, string? trace)
    {
        if (trace is null)
            return;

        var end = trace.IndexOf(RecordTraces.Separator, StringComparison.Ordinal);
        headers.Set(Parent, end < 0 ? trace : trace[..end]);
        if (end >= 0)
            headers.Set(Links, trace[(end + 1)..]);
    }

    /// <summary>The span that a message comes from; nothing when it tells none.</summary>
    public static ActivityContext ReadParent(Headers headers) => Parse(headers.Get<string>(Parent));

    /// <summary>The other spans; null when it tells none.</summary>
    public static List<ActivityLink>? ReadLinks(Headers headers)
    {
        if (headers.Get<string>(Links) is not { } text)
            return null;

        return [.. text.Split(RecordTraces.Separator).Select(Parse).Where(context => context != default).Select(context => new ActivityLink(context))];
    }

    private static ActivityContext Parse(string? text) =>
        text is not null && ActivityContext.TryParse(text, traceState: null, isRemote: true, out var context) ? context : default;
}
