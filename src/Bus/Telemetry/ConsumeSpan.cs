using System.Diagnostics;
using MassTransit;

namespace BusIngest.Bus.Telemetry;

/// <summary>Begins the span of a message in the hands of its consumer.</summary>
internal static class ConsumeSpan
{
    /// <summary>Begins it, as a child of the span that the message comes from; null when nobody listens.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="endpoint">Where the message was received.</param>
    /// <param name="context">The message.</param>
    public static Activity? Start(string name, string endpoint, ConsumeContext context)
    {
        if (!Tracing.IsOn)
            return null;

        // A message without a trace begins one; it does not belong to whatever is going on around it.
        Activity.Current = null;
        var span = Tracing.Source.StartActivity(
            name, ActivityKind.Consumer, TraceHeaders.ReadParent(context.Headers), tags: null, TraceHeaders.ReadLinks(context.Headers));
        if (span?.IsAllDataRequested == true)
        {
            span.SetTag("messaging.system", "busingest").SetTag("messaging.operation.name", "process")
                .SetTag("messaging.destination.name", endpoint).SetTag("messaging.message.id", context.MessageId?.ToString());
        }

        return span;
    }
}
