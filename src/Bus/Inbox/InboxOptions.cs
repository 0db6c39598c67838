namespace BusIngest.Bus.Inbox;

/// <summary>Bounds of the SQLite inbox and of its pump.</summary>
public sealed record InboxOptions
{
    /// <summary>The payload in bytes at which the inbox is full and the outbox refuses, 1 MiB–1 TiB. Default 4 GiB.</summary>
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>Unconsumed payload in bytes above which bulk producers pause, 64 KiB–1 TiB. Default 16 MiB.</summary>
    public long BulkHighWaterBytes { get; init; } = 16L << 20;

    /// <summary>The most messages handed to one endpoint and not yet removed, 1–10,000. Default 32.</summary>
    public int MaxInFlight { get; init; } = 32;

    /// <summary>How long a consumed message's mark is kept to recognise a repeat, 1 minute–365 days. Default 24 h.</summary>
    public TimeSpan MarkRetention { get; init; } = TimeSpan.FromHours(24);
}
