namespace BusIngest.Integration.Postgres.Work;

/// <summary>A clock that is wrong.</summary>
/// <param name="shift">How far it is ahead.</param>
internal sealed class ShiftedClock(TimeSpan shift) : TimeProvider
{
    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
}
