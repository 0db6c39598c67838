using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Workers.Timers.Webhooks;

/// <summary>What a webhook is told.</summary>
/// <param name="TimerId">The timer.</param>
/// <param name="DueAt">When it was due, UTC.</param>
/// <param name="FiredAt">When it fired, UTC.</param>
internal sealed record WebhookPayload(Guid TimerId, DateTimeOffset DueAt, DateTimeOffset FiredAt);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(WebhookPayload))]
internal sealed partial class WebhookJson : JsonSerializerContext;
