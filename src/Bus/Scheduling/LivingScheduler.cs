namespace BusIngest.Bus.Scheduling;

/// <summary>A process that sends what is due: a row of the table `schedulers`, which it renews. What is in the window of one whose time has
/// run out is free to be taken.</summary>
internal sealed class LivingScheduler
{
    /// <summary>The process, by an id that it draws at its start.</summary>
    public Guid Id { get; init; }

    /// <summary>Until when it is taken for alive.</summary>
    public DateTimeOffset AliveUntil { get; init; }
}
