using System.Text.Json.Serialization;

namespace BusIngest.Specs.Sagas.Counting;

/// <summary>How counters and what they count are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Counter))]
[JsonSerializable(typeof(Counted))]
[JsonSerializable(typeof(Counted[]))]
public sealed partial class CounterJson : JsonSerializerContext;
