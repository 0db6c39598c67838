using System.Text.Json.Serialization;

namespace BusIngest.Bench.Benchmarks.Timers;

/// <summary>GET /sagas.</summary>
internal sealed record SagaCounts(IReadOnlyList<SagaKindCounts> Kinds);

/// <summary>How many sagas of a kind are in which state.</summary>
internal sealed record SagaKindCounts(string Kind, IReadOnlyDictionary<string, long> States, long Total);

/// <summary>Of GET /outbox, what waits to be consumed.</summary>
internal sealed record OutboxCounts(long Parked);

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SagaCounts))]
[JsonSerializable(typeof(OutboxCounts))]
internal sealed partial class SagaCountsJson : JsonSerializerContext;
