using System.Text.Json;

namespace BusIngest.Api.Cars;

/// <summary>The fields of a car, as flags.</summary>
[Flags]
internal enum CarFieldName
{
    Unknown = 0,
    Id = 1,
    NormalizedMake = 2,
    NormalizedModel = 4,
    Year = 8,
    Price = 16,
    Location = 32,
    GeneratedAt = 64,
    Required = NormalizedMake | NormalizedModel | Year | Price | Location,
}

/// <summary>The fields' names in JSON.</summary>
internal static class CarFieldNames
{
    private static readonly CarFieldName[] Required =
        [CarFieldName.NormalizedMake, CarFieldName.NormalizedModel, CarFieldName.Year, CarFieldName.Price, CarFieldName.Location];

    /// <summary>The field that the reader stands on.</summary>
    public static CarFieldName Current(ref Utf8JsonReader reader)
    {
        try
        {
            return Find(ref reader);
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair; whatever it is, it is none of ours.
            return CarFieldName.Unknown;
        }
    }

    private static CarFieldName Find(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("id"u8) ? CarFieldName.Id
        : reader.ValueTextEquals("normalizedMake"u8) ? CarFieldName.NormalizedMake
        : reader.ValueTextEquals("normalizedModel"u8) ? CarFieldName.NormalizedModel
        : reader.ValueTextEquals("year"u8) ? CarFieldName.Year
        : reader.ValueTextEquals("price"u8) ? CarFieldName.Price
        : reader.ValueTextEquals("location"u8) ? CarFieldName.Location
        : reader.ValueTextEquals("generatedAt"u8) ? CarFieldName.GeneratedAt
        : CarFieldName.Unknown;

    public static string InJson(this CarFieldName field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    /// <summary>Required fields that are not among the given ones.</summary>
    public static IEnumerable<CarFieldName> Missing(this CarFieldName seen) => Required.Where(field => !seen.HasFlag(field));
}
