namespace BusIngest.Readings;

/// <summary>A stored reading: a row of the table `readings`.</summary>
public sealed class StoredReading
{
    /// <summary>Its place in the order of storing.</summary>
    public long Seq { get; init; }

    /// <summary>The client's own id.</summary>
    public Guid Id { get; init; }

    /// <summary>The meter.</summary>
    public required string Meter { get; init; }

    /// <summary>What it showed.</summary>
    public double Value { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}
