namespace BusIngest.Support.Cars;

/// <summary>The ledger as GET /cars/stats gives it, in cars.</summary>
public sealed record CarStats(long Generated, long Stored, long Parked, long InFlight, long Lost, long Duplicates, long Redelivered)
{
    /// <summary>Whether every car is stored.</summary>
    public bool AtRest => Parked == 0 && InFlight == 0;

    /// <summary>Whether the snapshot adds up.</summary>
    public bool AddsUp => Generated == Stored + Parked + InFlight + Lost;
}
