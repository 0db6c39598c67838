namespace BusIngest.Workers.Sync.Fetching;

/// <summary>In what ways a page can fail; each has its handling in <see cref="Stretch"/>.</summary>
internal enum FaultKind
{
    /// <summary>No connection, or it broke before an answer.</summary>
    Network,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The body broke off.</summary>
    Truncated,

    /// <summary>5xx, or 408.</summary>
    ServerError,

    /// <summary>429, or 403 with headers that say the same.</summary>
    Throttled,

    /// <summary>A web page in place of JSON.</summary>
    Html,

    /// <summary>Something else in place of a page, or one that does not say clearly whether another follows.</summary>
    NotAPage,

    /// <summary>More in a page than is taken in.</summary>
    TooMuch,

    /// <summary>400 to a cursor.</summary>
    CursorExpired,

    /// <summary>The next cursor is the one that was asked with, or an earlier one.</summary>
    RepeatedCursor,

    /// <summary>No events, though there are said to be more.</summary>
    EmptyPage,

    /// <summary>One page after the other with nothing new, though there are said to be more.</summary>
    NothingNew,

    /// <summary>The last page, with fewer events in all than there are said to be.</summary>
    WrongTotal,

    /// <summary>401, or 403 that is no throttle.</summary>
    Unauthorized,

    /// <summary>Another 4xx, or a redirect.</summary>
    Refused,

    /// <summary>An address that may not be called.</summary>
    Blocked,
}
