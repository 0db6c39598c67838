namespace BusIngest.DataSyncSimulator;

/// <summary>How the simulated API behaves: `--name value` on the command line.</summary>
public sealed record SimulatorOptions
{
    /// <summary>TCP port; 0 takes a free one. Default 4000.</summary>
    public int Port { get; init; } = 4_000;

    /// <summary>What X-API-Key must be; empty: anything goes. Default `demo-key`.</summary>
    public string ApiKey { get; init; } = "demo-key";

    /// <summary>Distinct events, from 0. Default 100,000.</summary>
    public int Total { get; init; } = 100_000;

    /// <summary>The most events a page. Default 5,000.</summary>
    public int PageLimit { get; init; } = 5_000;

    /// <summary>What events and faults are drawn from. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Seconds that a cursor lives. Default 116.</summary>
    public double CursorSeconds { get; init; } = 116;

    /// <summary>With which page, from 1, all cursors expire that there are; 0: none. Default 0.</summary>
    public int ExpireAtPage { get; init; }

    /// <summary>Requests of a window; 0: as many as one likes. Default 0.</summary>
    public int RateLimit { get; init; }

    /// <summary>Seconds of a window. Default 60.</summary>
    public double WindowSeconds { get; init; } = 60;

    /// <summary>Whether windows begin with the clock's multiples of their length, and not with the first request. Default false.</summary>
    public bool ClockWindows { get; init; }

    /// <summary>How X-RateLimit-Reset is written. Default <see cref="ResetForm.EpochUp"/>.</summary>
    public ResetForm Reset { get; init; }

    /// <summary>Whether Retry-After is a date. Default false.</summary>
    public bool RetryAfterDate { get; init; }

    /// <summary>The share of requests that meet each of <see cref="Faults"/>, 0–1. Default 0.</summary>
    public double FaultRate { get; init; }

    /// <summary>Kinds of fault, comma-separated, or `all`. Default all.</summary>
    public string Faults { get; init; } = "all";

    /// <summary>Events that each page repeats of the one before, and of itself. Default 0.</summary>
    public int Duplicates { get; init; }

    /// <summary>Things a page, at most one of them each, that are no events. Default 0.</summary>
    public int BadItems { get; init; }

    /// <summary>Milliseconds before an answer. Default 0.</summary>
    public int DelayMs { get; init; }

    /// <summary>Whether ids are in order, and not random. Default false.</summary>
    public bool OrderedIds { get; init; }

    /// <summary>Whether pages of the most events are made before the first is served, so that serving costs little. Default false.</summary>
    public bool Prepare { get; init; }

    /// <summary>What is added to `meta.total`. Default 0.</summary>
    public int TotalOffset { get; init; }
}

/// <summary>How the end of a window is told.</summary>
public enum ResetForm
{
    /// <summary>Seconds since 1970, rounded up.</summary>
    EpochUp,

    /// <summary>Seconds since 1970, rounded down.</summary>
    EpochDown,

    /// <summary>Milliseconds since 1970.</summary>
    EpochMs,

    /// <summary>Seconds from now, rounded up.</summary>
    Seconds,

    /// <summary>Not at all, nor anything else of the window: there is Retry-After alone.</summary>
    None,
}
