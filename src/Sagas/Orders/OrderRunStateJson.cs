using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Sagas.Orders;

/// <summary>How the run is kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(OrderRunState))]
public sealed partial class OrderRunStateJson : JsonSerializerContext;
