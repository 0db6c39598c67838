using System.Text.Json;
using BusIngest.Contracts;
using BusIngest.Contracts.Cars;

namespace BusIngest.Api.Cars;

/// <summary>A car while it is being read: its fields so far.</summary>
internal struct CarDraft
{
    private Guid? _id;
    private string? _make;
    private string? _model;
    private int? _year;
    private double? _price;
    private string? _location;
    private DateTimeOffset? _generatedAt;

    /// <summary>Reads the value that the reader stands on; a field that is not known is passed over.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Read(CarFieldName field, ref Utf8JsonReader reader, int lastYear)
    {
        try
        {
            return ReadValue(field, ref reader, lastYear);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json's answer to half a surrogate pair, and to bytes that are not UTF-8.
            return StorableText.IsNoUnicode;
        }
    }

    /// <summary>The car of a draft without errors; an id and a time that the client left out are given by us.</summary>
    public readonly Car Complete(DateTimeOffset now, Func<Guid> newId) => new(
        _id ?? newId(), _make!, _model!, _year!.Value, _price!.Value, _location!, _generatedAt ?? now);

    private string? ReadValue(CarFieldName field, ref Utf8JsonReader reader, int lastYear) => field switch
    {
        CarFieldName.Id => CarField.Id(ref reader, ref _id),
        CarFieldName.NormalizedMake => CarField.Text(ref reader, ref _make),
        CarFieldName.NormalizedModel => CarField.Text(ref reader, ref _model),
        CarFieldName.Year => CarField.Year(ref reader, lastYear, ref _year),
        CarFieldName.Price => CarField.Price(ref reader, ref _price),
        CarFieldName.Location => CarField.Text(ref reader, ref _location),
        CarFieldName.GeneratedAt => CarField.Time(ref reader, ref _generatedAt),
        _ => null,
    };
}
