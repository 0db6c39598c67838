using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Api.Failures;

/// <summary>How the answers about failed messages are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(FailedMessagePage))]
[JsonSerializable(typeof(RetriedMessages))]
internal sealed partial class FailureApiJson : JsonSerializerContext;
