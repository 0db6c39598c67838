using System.Diagnostics.Metrics;
using BusIngest.Bus.Telemetry;
using BusIngest.Contracts.Timers;
using BusIngest.Workers.Timers.Webhooks;

namespace BusIngest.Workers.Timers.Delivering;

/// <summary>What is measured of timers: how late they fire and arrive, and how their receivers answer.</summary>
internal static class TimerMetrics
{
    private static readonly Histogram<double> Lateness = Meters.Seconds(
        "busingest.timers.lateness", "From a timer's time to its firing, and to its webhook's answer 2xx", Meters.Lateness);

    private static readonly Histogram<double> WebhookDuration = Meters.Seconds(
        "busingest.webhooks.duration", "One call of a webhook, by what came of it", Meters.Durations);

    private static readonly Counter<long> Deferred = Meters.Shared.CreateCounter<long>(
        "busingest.webhooks.deferred", description: "Calls that were put off, by the reason: too many open ones, or what they call keeps failing");

    /// <summary>Counts an attempt.</summary>
    public static void Count(DeliverWebhook message, WebhookOutcome outcome)
    {
        if (outcome.Result == WebhookResult.Deferred)
        {
            Deferred.Add(1, Tag("reason", outcome.DeferredBecause == DeferralReason.CircuitOpen ? "circuit-open" : "busy"));
            return;
        }

        if (message.Attempt == 1)
            Lateness.Record(Seconds(message.FiredAt - message.DueAt), Tag("stage", "fired"));
        if (outcome.Result == WebhookResult.Delivered)
            Lateness.Record(Seconds(outcome.StartedAt + outcome.Duration - message.DueAt), Tag("stage", "delivered"));
        WebhookDuration.Record(outcome.Duration.TotalSeconds, Tag("outcome", Name(outcome.Result)));
    }

    private static double Seconds(TimeSpan late) => Math.Max(0, late.TotalSeconds);

    private static string Name(WebhookResult result) => result switch
    {
        WebhookResult.Delivered => "delivered",
        WebhookResult.Abandoned => "abandoned",
        _ => "failed",
    };

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
