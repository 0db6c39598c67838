using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Bus.Outbox.Failover.Sessions;

/// <summary>An event as a line of `failover-metrics-YYYY-MM-DD.log`. Durations are milliseconds.</summary>
internal sealed record FailoverLine
{
    /// <summary>When, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>MASTER_FAILURE_DETECTED and so on.</summary>
    public required string Event { get; init; }

    /// <summary>The session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The process whose outbox it is.</summary>
    public required string Process { get; init; }

    /// <summary>The lane that was left.</summary>
    public required string Lane { get; init; }

    /// <summary>What failed; where the session begins, or the fallback.</summary>
    public string? Reason { get; init; }

    /// <summary>The new master as `host:port`.</summary>
    public string? Master { get; init; }

    /// <summary>Records that wait in the inbox.</summary>
    public required long Parked { get; init; }

    /// <summary>Records that went to the inbox in this session so far.</summary>
    public required long FallbackCount { get; init; }

    /// <summary>Parked records that the lane has confirmed so far.</summary>
    public required long DrainedCount { get; init; }

    /// <summary>Since the session began.</summary>
    public required long SinceDetectedMs { get; init; }

    /// <summary>How long everything went to the inbox, so far.</summary>
    public required long FallbackMs { get; init; }

    /// <summary>From the begin of the recovery to its end.</summary>
    public long? RecoveryMs { get; init; }

    /// <summary>The line's name of an event; null for one that has none: the begin of an isolation is no failure.</summary>
    public static string? NameOf(FailoverEvent happened) => happened.Kind switch
    {
        FailoverEventKind.FailureDetected => happened.Facts.Isolated ? null : "MASTER_FAILURE_DETECTED",
        FailoverEventKind.PromotionSeen => "SENTINEL_PROMOTION",
        FailoverEventKind.FallbackEntered => "STATE_TRANSITION_TO_SQLITE",
        FailoverEventKind.PrimaryReturned => $"STATE_TRANSITION_TO_{happened.Facts.Lane.ToUpper(CultureInfo.InvariantCulture)}",
        FailoverEventKind.RecoveryStarted => "RECOVERY_STARTED",
        _ => "RECOVERY_COMPLETED",
    };

    /// <summary>The line, without its end; null for an event that has none.</summary>
    public static string? Of(FailoverEvent happened)
    {
        if (NameOf(happened) is not { } name)
            return null;

        var facts = happened.Facts;
        var line = new FailoverLine
        {
            Timestamp = happened.At,
            Event = name,
            SessionId = facts.SessionId,
            Process = facts.Process,
            Lane = facts.Lane,
            Reason = happened.Kind is FailoverEventKind.FailureDetected or FailoverEventKind.FallbackEntered ? facts.Reason : null,
            Master = happened.Kind is FailoverEventKind.PromotionSeen ? facts.PromotedMaster : null,
            Parked = happened.Parked,
            FallbackCount = facts.Fallbacks,
            DrainedCount = facts.Drained,
            SinceDetectedMs = Between(facts.DetectedAt, happened.At),
            FallbackMs = facts.FallbackMs,
            RecoveryMs = facts is { RecoveryStartedAt: { } started, RecoveryCompletedAt: { } completed } ? Between(started, completed) : null,
        };
        return JsonSerializer.Serialize(line, FailoverLineJson.Default.FailoverLine);
    }

    private static long Between(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (long)(to - from).TotalMilliseconds);
}

/// <summary>How lines are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(FailoverLine))]
internal sealed partial class FailoverLineJson : JsonSerializerContext;
