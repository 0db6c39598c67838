using System.Text.Json.Serialization;

namespace BusIngest.Contracts.Timers;

/// <summary>How timers are written by the outbox.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(CreateTimer))]
[JsonSerializable(typeof(CreateTimer[]))]
public sealed partial class TimersJson : JsonSerializerContext;
