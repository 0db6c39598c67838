using System.ComponentModel.DataAnnotations;

namespace BusIngest.Api.Cars;

/// <summary>The body that sets the generator's interval.</summary>
/// <param name="IntervalMs">Milliseconds between two cars, 0–86,400,000.</param>
internal sealed record SeederInterval([property: Range(0, SeederInterval.MaxMs)] int IntervalMs)
{
    /// <summary>The longest interval in milliseconds: a day.</summary>
    public const int MaxMs = 86_400_000;
}
