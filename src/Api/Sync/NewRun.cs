using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using BusIngest.Contracts.Sync;

namespace BusIngest.Api.Sync;

/// <summary>What a client asks to pull: a source of the settings, or one that it describes. Any other text of a source's definition, such as
/// `path` or `dataPath`, may be given as well.</summary>
/// <param name="Source">The name of a source of the settings.</param>
/// <param name="BaseUrl">Or an address.</param>
/// <param name="ApiKey">The key for that; it is kept sealed, and never shown.</param>
/// <param name="PageSize">How many events a page, 1–100,000.</param>
/// <param name="IgnorePace">Whether to begin without regard to the pace that earlier hints and refusals of the source have set; not, when absent.</param>
internal sealed record NewRun(
    string? Source = null,
    string? BaseUrl = null,
    string? ApiKey = null,
    [property: Range(1, 100_000)] int? PageSize = null,
    bool? IgnorePace = null)
{
    /// <summary>The address as a source, with what else was said of it; null for a source of the settings.</summary>
    [JsonIgnore]
    internal SourceDefinition? Definition { get; init; }
}
