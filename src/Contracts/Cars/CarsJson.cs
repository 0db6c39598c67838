using System.Text.Json.Serialization;

namespace BusIngest.Contracts.Cars;

/// <summary>How cars are written in chunks and over HTTP.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Car))]
[JsonSerializable(typeof(Car[]))]
public sealed partial class CarsJson : JsonSerializerContext;
