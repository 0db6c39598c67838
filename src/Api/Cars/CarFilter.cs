namespace BusIngest.Api.Cars;

/// <summary>What cars to list; null: anything.</summary>
internal readonly record struct CarFilter(string? Make, string? Model, string? Location);
