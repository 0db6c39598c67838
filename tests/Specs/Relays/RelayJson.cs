using System.Text.Json.Serialization;

namespace BusIngest.Specs.Relays;

/// <summary>How errands are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Errand))]
[JsonSerializable(typeof(Errand[]))]
public sealed partial class RelayJson : JsonSerializerContext;
