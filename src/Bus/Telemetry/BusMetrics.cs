using System.Diagnostics.Metrics;

namespace BusIngest.Bus.Telemetry;

/// <summary>What the bus measures. All of it is counted by message or by chunk, never by record.</summary>
internal static class BusMetrics
{
    public static readonly Histogram<double> ConsumeDuration = Meters.Seconds(
        "busingest.consume.duration", "One try of a message in the hands of its consumer or saga, its commit included", Meters.Durations);

    public static readonly Histogram<double> ConsumeWait = Meters.Seconds(
        "busingest.consume.wait", "From a message's making to the try of its consumer; not of those that were scheduled", Meters.Lateness);

    public static readonly Counter<long> ConsumeRecords = Meters.Shared.CreateCounter<long>(
        "busingest.consume.records", description: "Records of messages that were consumed; 1 for a message that is no chunk");

    public static readonly Counter<long> ConsumeErrors = Meters.Shared.CreateCounter<long>(
        "busingest.consume.errors", description: "Tries that failed, by the exception's type");

    public static readonly Counter<long> GivenUp = Meters.Shared.CreateCounter<long>(
        "busingest.messages.given.up", description: "Messages that their consumer gave up on, kept as failed");

    public static readonly Histogram<double> OutboxDuration = Meters.Seconds(
        "busingest.outbox.duration", "From a chunk's leaving to its being durable, or to its refusal", Meters.Durations);

    public static readonly Counter<long> OutboxRecords = Meters.Shared.CreateCounter<long>(
        "busingest.outbox.records", description: "Records that the outbox made durable");

    public static readonly Counter<long> Failovers = Meters.Shared.CreateCounter<long>(
        "busingest.outbox.failovers", description: "How often the breaker before the lane opened");

    public static readonly Histogram<double> ScheduleLateness = Meters.Seconds(
        "busingest.schedule.lateness", "From a scheduled message's time to its being on its way", Meters.Lateness);

    /// <summary>A tag.</summary>
    public static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
