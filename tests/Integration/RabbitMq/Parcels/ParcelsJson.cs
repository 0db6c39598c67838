using System.Text.Json.Serialization;

namespace BusIngest.Integration.RabbitMq.Parcels;

/// <summary>How parcels and letters are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Parcel))]
[JsonSerializable(typeof(Parcel[]))]
[JsonSerializable(typeof(Letter))]
[JsonSerializable(typeof(Letter[]))]
public sealed partial class ParcelsJson : JsonSerializerContext;
