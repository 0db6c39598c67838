using System.Text.Json.Serialization;

namespace BusIngest.Api.Hosting;

/// <summary>What /health answers.</summary>
/// <param name="Status">healthy, degraded or unhealthy.</param>
/// <param name="Timestamp">Now, UTC.</param>
/// <param name="Uptime">Milliseconds since the start.</param>
/// <param name="Services">The status of each part by its name.</param>
/// <param name="Reasons">Why a part is not healthy, in the words of what fails; null when all are.</param>
internal sealed record HealthStatusBody(
    string Status,
    DateTime Timestamp,
    long Uptime,
    IReadOnlyDictionary<string, string> Services,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Reasons);
