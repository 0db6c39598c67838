using System.Text.Json.Serialization;

namespace BusIngest.Bench.Benchmarks.Sagas;

/// <summary>Counts one.</summary>
/// <param name="CounterId">The saga.</param>
internal sealed record CountUp(Guid CounterId);

/// <summary>One was counted.</summary>
/// <param name="CounterId">The saga.</param>
/// <param name="Count">How many it has counted.</param>
internal sealed record Counted(Guid CounterId, long Count);

/// <summary>How messages and saga are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CountUp))]
[JsonSerializable(typeof(CountUp[]))]
[JsonSerializable(typeof(Counted))]
[JsonSerializable(typeof(Counter))]
internal sealed partial class CounterJson : JsonSerializerContext;
