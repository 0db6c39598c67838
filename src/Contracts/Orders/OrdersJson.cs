using System.Text.Json.Serialization;

namespace BusIngest.Contracts.Orders;

/// <summary>How what steers orders is written by the outbox.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SteerOrders))]
[JsonSerializable(typeof(SteerOrders[]))]
public sealed partial class OrdersJson : JsonSerializerContext;
