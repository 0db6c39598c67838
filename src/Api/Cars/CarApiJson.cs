using System.Text.Json.Serialization;
using BusIngest.Contracts;
using BusIngest.Contracts.Cars;

namespace BusIngest.Api.Cars;

/// <summary>How the cars' answers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(AcceptedCars))]
[JsonSerializable(typeof(Car))]
[JsonSerializable(typeof(CarPage))]
[JsonSerializable(typeof(CarStats))]
[JsonSerializable(typeof(SeederConfigured))]
internal sealed partial class CarApiJson : JsonSerializerContext;
