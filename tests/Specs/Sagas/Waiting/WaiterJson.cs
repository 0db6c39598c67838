using System.Text.Json.Serialization;

namespace BusIngest.Specs.Sagas.Waiting;

/// <summary>How waiters are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Waiter))]
public sealed partial class WaiterJson : JsonSerializerContext;
