using System.Diagnostics;

namespace BusIngest.Bus.Telemetry;

/// <summary>
/// The program's own spans: what waits in the outbox, each message in the hands of its consumer or saga, what is scheduled, and webhooks. Nothing
/// is made, kept or sent along while nobody listens to the source.
/// </summary>
public static class Tracing
{
    /// <summary>The name to listen to.</summary>
    public const string SourceName = "BusIngest";

    /// <summary>Makes the spans.</summary>
    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether somebody listens.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>Notes in a span that what it stands for went wrong; of the exception only its type, as its text may show what nobody else should see.</summary>
    public static void Fail(this Activity? span, Exception exception) =>
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName);
}
