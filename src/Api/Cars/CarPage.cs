using BusIngest.Contracts.Cars;

namespace BusIngest.Api.Cars;

/// <summary>A page of stored cars, newest first.</summary>
/// <param name="Cars">The cars.</param>
/// <param name="Next">What to give as `after` for the next page; null at the end.</param>
internal sealed record CarPage(IReadOnlyList<Car> Cars, string? Next);
