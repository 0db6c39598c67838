using System.Text.Json.Serialization;

namespace BusIngest.CountingHost;

/// <summary>How counters and their events are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Counter))]
[JsonSerializable(typeof(CountUp))]
[JsonSerializable(typeof(CountUp[]))]
public sealed partial class CountingJson : JsonSerializerContext;
