using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Api.Outbox;

/// <summary>How failover sessions are answered.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SessionPage))]
internal sealed partial class OutboxApiJson : JsonSerializerContext;
