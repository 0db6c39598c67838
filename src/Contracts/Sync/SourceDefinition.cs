namespace BusIngest.Contracts.Sync;

/// <summary>How a remote API is asked for its events, and where in its answers things are. The defaults are DataSync's.</summary>
/// <remarks>A path is property names with dots between them; empty: the answer has no such thing.</remarks>
public sealed record SourceDefinition
{
    /// <summary>What <see cref="Path"/> is appended to: http or https.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>The route of the pages.</summary>
    public string Path { get; init; } = "/events";

    /// <summary>How many events to ask for in a page, 1–100,000; the other side may give fewer.</summary>
    public int PageSize { get; init; } = 5_000;

    /// <summary>The header that carries the key; empty: none does.</summary>
    public string AuthHeader { get; init; } = "X-API-Key";

    /// <summary>What stands before the key in the header, such as `Bearer`, with a space after it.</summary>
    public string AuthPrefix { get; init; } = "";

    /// <summary>The query parameter that carries the key; empty: none does.</summary>
    public string AuthQuery { get; init; } = "";

    /// <summary>The query parameter of the page size.</summary>
    public string LimitParameter { get; init; } = "limit";

    /// <summary>The query parameter of the cursor.</summary>
    public string CursorParameter { get; init; } = "cursor";

    /// <summary>The array of events.</summary>
    public string DataPath { get; init; } = "data";

    /// <summary>Whether there is another page; without it, a cursor says so.</summary>
    public string HasMorePath { get; init; } = "pagination.hasMore";

    /// <summary>The cursor of the next page.</summary>
    public string NextCursorPath { get; init; } = "pagination.nextCursor";

    /// <summary>How long that cursor lives, in seconds.</summary>
    public string CursorExpiresInPath { get; init; } = "pagination.cursorExpiresIn";

    /// <summary>How many events there are in all.</summary>
    public string TotalPath { get; init; } = "meta.total";

    /// <summary>An event's id, text or a number; required of every event.</summary>
    public string IdPath { get; init; } = "id";

    /// <summary>An event's type.</summary>
    public string TypePath { get; init; } = "type";

    /// <summary>The user of an event.</summary>
    public string UserIdPath { get; init; } = "userId";

    /// <summary>An event's time; required of every event.</summary>
    public string TimestampPath { get; init; } = "timestamp";

    /// <summary>The header with the requests of a window.</summary>
    public string LimitHeader { get; init; } = "X-RateLimit-Limit";

    /// <summary>The header with the requests that are left in the window.</summary>
    public string RemainingHeader { get; init; } = "X-RateLimit-Remaining";

    /// <summary>The header with the window's end: seconds from now, or seconds or milliseconds since 1970.</summary>
    public string ResetHeader { get; init; } = "X-RateLimit-Reset";
}
