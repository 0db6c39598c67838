namespace BusIngest.Contracts.Cars;

/// <summary>A car that is offered for sale.</summary>
/// <param name="Id">The client's own id, or one given by us; the natural key.</param>
/// <param name="NormalizedMake">Lower-case make, 1–100 characters.</param>
/// <param name="NormalizedModel">Lower-case model, 1–100 characters.</param>
/// <param name="Year">Model year, 1886 to next year.</param>
/// <param name="Price">Above 0, up to 100,000,000.</param>
/// <param name="Location">Where it stands, 1–100 characters.</param>
/// <param name="GeneratedAt">When it was generated or listed, UTC.</param>
public sealed record Car(
    Guid Id,
    string NormalizedMake,
    string NormalizedModel,
    int Year,
    double Price,
    string Location,
    DateTimeOffset GeneratedAt);
