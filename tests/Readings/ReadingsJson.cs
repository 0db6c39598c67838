using System.Text.Json.Serialization;
using BusIngest.Contracts;

namespace BusIngest.Readings;

/// <summary>How readings are written in chunks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Reading))]
[JsonSerializable(typeof(Reading[]))]
public sealed partial class ReadingsJson : JsonSerializerContext;
