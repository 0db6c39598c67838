namespace BusIngest.Api.Cars;

/// <summary>The body that sets the generator's interval.</summary>
/// <param name="IntervalMs">Milliseconds between two cars, 0–86,400,000.</param>
internal sealed record SeederInterval(int IntervalMs);
