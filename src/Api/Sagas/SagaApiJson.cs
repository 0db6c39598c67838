using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Api.Sagas;

/// <summary>How the routes of the sagas write their answers: times as the documents have them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SagaCounts))]
[JsonSerializable(typeof(SagaPage))]
[JsonSerializable(typeof(SagaView))]
internal sealed partial class SagaApiJson : JsonSerializerContext;
