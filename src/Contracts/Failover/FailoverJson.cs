using System.Text.Json.Serialization;

namespace BusIngest.Contracts.Failover;

/// <summary>How failover sessions are written by the outbox, and kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(FailoverFacts))]
[JsonSerializable(typeof(FailureDetected[]))]
[JsonSerializable(typeof(PromotionSeen[]))]
[JsonSerializable(typeof(FallbackEntered[]))]
[JsonSerializable(typeof(PrimaryReturned[]))]
[JsonSerializable(typeof(RecoveryStarted[]))]
[JsonSerializable(typeof(RecoveryCompleted[]))]
public sealed partial class FailoverJson : JsonSerializerContext;
