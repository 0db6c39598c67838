namespace BusIngest.Workers.Sync.Pages;

/// <summary>How much of a page is taken in. A page that has more is not read on.</summary>
public sealed record PageLimits
{
    /// <summary>Its bytes once unpacked, 1 MiB to 1 GiB. Default 64 MiB.</summary>
    public int Bytes { get; init; } = 64 << 20;

    /// <summary>The things in its array of events, 1,000 to 10,000,000. Default 200,000.</summary>
    public int Items { get; init; } = 200_000;

    /// <summary>Those among them that are no events, 100 to 1,000,000. Default 10,000.</summary>
    public int Rejects { get; init; } = 10_000;

    /// <summary>How deep an event may be nested, 8 to 1,000 levels; a deeper one is rejected. Default 64.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>The bytes of a cursor, 256 to 65,536. Default 8,192.</summary>
    public int CursorBytes { get; init; } = 8_192;

    /// <summary>The bytes that all pages in hand may take up in a process, of all sources, 64 MiB to 64 GiB: beyond it one page at a time grows on. Default 256 MiB.</summary>
    public long BytesInHand { get; init; } = 256 << 20;
}
