using System.Text.Json.Serialization;

namespace BusIngest.Api.Telemetry.Slo;

/// <summary>How well this process keeps to its targets.</summary>
/// <param name="WindowMs">How far back it looks, in milliseconds.</param>
/// <param name="Routes">The routes that were asked for in that time.</param>
internal sealed record SloReport(long WindowMs, IReadOnlyList<RouteSlo> Routes);

/// <summary>One route.</summary>
/// <param name="Route">Its method and pattern.</param>
/// <param name="Requests">How many requests there were.</param>
/// <param name="P50Ms">Half of them took no longer, in milliseconds.</param>
/// <param name="P95Ms">95 of a hundred took no longer.</param>
/// <param name="P99Ms">99 of a hundred took no longer.</param>
/// <param name="Errors">Answers 5xx.</param>
/// <param name="ErrorRate">Their share, 0–1.</param>
/// <param name="Target">What it is to keep to.</param>
/// <param name="ErrorBudgetLeft">1: untouched, 0: spent, below: overspent.</param>
/// <param name="Met">Whether it keeps to both targets.</param>
internal sealed record RouteSlo(
    string Route,
    long Requests,
    double P50Ms,
    double P95Ms,
    double P99Ms,
    long Errors,
    double ErrorRate,
    SloTarget Target,
    double ErrorBudgetLeft,
    bool Met);

/// <summary>What a route is to keep to.</summary>
/// <param name="Availability">The share of requests that are not answered 5xx, 0–1.</param>
/// <param name="P99Ms">How long 99 of a hundred may take, in milliseconds.</param>
internal sealed record SloTarget(double Availability, double P99Ms);

/// <summary>How it is answered.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SloReport))]
internal sealed partial class SloJson : JsonSerializerContext;
