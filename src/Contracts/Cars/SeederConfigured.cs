namespace BusIngest.Contracts.Cars;

/// <summary>The car generator's state, which is on disk.</summary>
/// <param name="Running">Whether it runs.</param>
/// <param name="IntervalMs">Milliseconds between two cars; 0 is as fast as the outbox takes them.</param>
public sealed record SeederConfigured(bool Running, int IntervalMs);
