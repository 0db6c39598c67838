using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Api.Orders;

/// <summary>How the orders' answers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(JobsRecovered))]
[JsonSerializable(typeof(JobsRetried))]
[JsonSerializable(typeof(OrderJobList))]
[JsonSerializable(typeof(OrderLogPage))]
[JsonSerializable(typeof(OrderPage))]
[JsonSerializable(typeof(OrdersStatus))]
[JsonSerializable(typeof(OrdersWiped))]
[JsonSerializable(typeof(QueueCleaned))]
[JsonSerializable(typeof(QueueClosed))]
[JsonSerializable(typeof(QueueCounts))]
[JsonSerializable(typeof(QueueHealth))]
[JsonSerializable(typeof(QueuePaused))]
[JsonSerializable(typeof(QueuePurged))]
[JsonSerializable(typeof(QueueResumed))]
[JsonSerializable(typeof(RunCancelled))]
[JsonSerializable(typeof(RunComparison))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(RunStarted))]
[JsonSerializable(typeof(RunView))]
internal sealed partial class OrderApiJson : JsonSerializerContext;
