namespace BusIngest.Workers.Cars;

/// <summary>How somebody has steered the generator, which outlives a restart: the one row of the table `car_seeder`, or none.</summary>
public sealed class SeederState
{
    /// <summary>The only row.</summary>
    public const int TheOne = 1;

    /// <summary>Always <see cref="TheOne"/>.</summary>
    public int Id { get; init; }

    /// <summary>Whether it runs.</summary>
    public bool Running { get; init; }

    /// <summary>Milliseconds between two cars; 0 is as fast as the outbox takes them.</summary>
    public int IntervalMs { get; init; }
}
