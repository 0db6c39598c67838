namespace BusIngest.Support.Cars;

/// <summary>How hard a posting client works.</summary>
public sealed record PostingOptions
{
    /// <summary>Concurrent connections, at least 1.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>The most cars in one request; a third of the requests carry a single object.</summary>
    public int MaxCarsPerRequest { get; init; } = 40;

    /// <summary>The longest pause of a connection between two requests; half of it on average.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromMilliseconds(15);

    /// <summary>One request in so many repeats ids that were sent before.</summary>
    public int RepeatOneIn { get; init; } = 20;

    /// <summary>Where a request is sent again whose connection failed, by where that was; null: its outcome stays unknown.</summary>
    public Func<Uri, Uri>? Elsewhere { get; init; }
}
