using BusIngest.Workers.Sync.Pacing;
using BusIngest.Workers.Sync.Pages;

namespace BusIngest.Workers.Sync.Fetching;

/// <summary>What came of a request: a page, or a fault.</summary>
internal sealed record PageAnswer
{
    /// <summary>The page; null: there was a fault.</summary>
    public FetchedPage? Page { get; init; }

    /// <summary>The fault; null: there was none.</summary>
    public PageFault? Fault { get; init; }

    /// <summary>What it says of the pace; null: there was no answer at all.</summary>
    public RateHeaders? Rate { get; init; }

    /// <summary>When the request was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When its headers were there, or it was given up.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>How long it took to the last byte.</summary>
    public TimeSpan Duration { get; init; }
}
