using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Sagas.Failover;

/// <summary>How sessions are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(FailoverState))]
public sealed partial class FailoverStateJson : JsonSerializerContext;
