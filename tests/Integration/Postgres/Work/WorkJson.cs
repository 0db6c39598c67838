using System.Text.Json.Serialization;

namespace BusIngest.Integration.Postgres.Work;

/// <summary>How jobs are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(Job[]))]
internal sealed partial class WorkJson : JsonSerializerContext;
