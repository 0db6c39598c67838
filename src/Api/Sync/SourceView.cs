namespace BusIngest.Api.Sync;

/// <summary>A page of sources, by name.</summary>
/// <param name="Sources">The sources.</param>
/// <param name="Next">What to give as `after` for the next page; null at the end.</param>
internal sealed record SourcePage(IReadOnlyList<SourceView> Sources, string? Next);

/// <summary>A source: one of the settings, or one that a client has had pulled.</summary>
internal sealed record SourceView
{
    /// <summary>Its name; for one given by its address, host and port.</summary>
    public required string Source { get; init; }

    /// <summary>Whether it is one of the settings.</summary>
    public bool Configured { get; init; }

    /// <summary>Its address; null when neither the settings nor its last run tell it.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Its events that are stored, of all its runs.</summary>
    public long Events { get; init; }

    /// <summary>When something was last stored or noted of it; null: it was never pulled.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>What is known of the pace that it permits the key that was used last; null: nothing.</summary>
    public PaceView? Pace { get; init; }

    /// <summary>Its last run, and when that goes on; null: it had none.</summary>
    public SourceScheduleView? Schedule { get; init; }
}

/// <summary>When a source is asked again.</summary>
/// <param name="RunId">Its last run.</param>
/// <param name="State">Fetching, Throttled, Paused, Completed, Failed or Cancelled; null: not known any more.</param>
/// <param name="NextFetchAt">When the run asks again; null: now, when a client says so, or it is over.</param>
/// <param name="EndedAt">When the run was over; null: it is not.</param>
internal sealed record SourceScheduleView(Guid RunId, string? State, DateTimeOffset? NextFetchAt, DateTimeOffset? EndedAt);
