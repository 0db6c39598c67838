using System.Text.Json.Serialization;

namespace BusIngest.Support.Cars;

/// <summary>The 202 of POST /cars.</summary>
/// <param name="Count">How many cars were accepted.</param>
/// <param name="Ids">Their ids, in the order of the request.</param>
public sealed record Accepted([property: JsonPropertyName("accepted")] int Count, IReadOnlyList<Guid> Ids);
