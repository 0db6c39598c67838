namespace BusIngest.Specs.Relays;

/// <summary>The endpoints of a process. They outlive it.</summary>
internal sealed class Stations
{
    /// <summary>The endpoint `relay`.</summary>
    public Station Relay { get; } = new();

    /// <summary>The endpoint `first`.</summary>
    public Station First { get; } = new();

    /// <summary>The endpoint `second`.</summary>
    public Station Second { get; } = new();
}
