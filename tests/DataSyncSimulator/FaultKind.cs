namespace BusIngest.DataSyncSimulator;

/// <summary>What may go wrong with an answer.</summary>
public enum FaultKind
{
    /// <summary>The connection is closed without an answer.</summary>
    Network,

    /// <summary>500, 502, 503 or 504.</summary>
    Server,

    /// <summary>The connection is closed in the middle of the body.</summary>
    Truncated,

    /// <summary>The JSON ends in its middle, and the answer looks well.</summary>
    CutJson,

    /// <summary>200 and a web page.</summary>
    Html,

    /// <summary>200 and some other text.</summary>
    NotJson,

    /// <summary>429 with a Retry-After of a second, or none.</summary>
    Throttle,

    /// <summary>400, though the cursor is young.</summary>
    Cursor,

    /// <summary>The next cursor is the one that was asked with.</summary>
    RepeatedCursor,

    /// <summary>No events, though there are said to be more.</summary>
    EmptyPage,

    /// <summary>The page is called the last one.</summary>
    EarlyEnd,

    /// <summary>Another total than on other pages.</summary>
    WrongTotal,
}
