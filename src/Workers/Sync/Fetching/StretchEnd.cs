namespace BusIngest.Workers.Sync.Fetching;

/// <summary>How a stretch of pages ended.</summary>
internal enum StretchResult
{
    /// <summary>There are more pages.</summary>
    More,

    /// <summary>The next request must wait.</summary>
    Throttled,

    /// <summary>The cursor is not known any more.</summary>
    CursorExpired,

    /// <summary>A page could not be fetched.</summary>
    Failed,

    /// <summary>That was the last page.</summary>
    Completed,
}

/// <summary>How a stretch of pages ended.</summary>
/// <param name="Result">In what way.</param>
internal sealed record StretchEnd(StretchResult Result)
{
    /// <summary>When the next request may be sent, if it must wait.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>Why a page could not be fetched.</summary>
    public PageFault? Fault { get; init; }

    /// <summary>What is odd about the whole.</summary>
    public string? Note { get; init; }

    /// <summary>Pages that were stored.</summary>
    public int Pages { get; init; }
}
