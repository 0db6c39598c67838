namespace BusIngest.Contracts.Cars;

/// <summary>Steers the car generator; answered by <see cref="SeederConfigured"/>. What is null stays as it is.</summary>
/// <param name="Running">Whether it is to run.</param>
/// <param name="IntervalMs">Milliseconds between two cars, 0–86,400,000; 0 is as fast as the outbox takes them.</param>
public sealed record ConfigureSeeder(bool? Running, int? IntervalMs);
