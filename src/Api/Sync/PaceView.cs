using BusIngest.Workers.Sync.Pacing;

namespace BusIngest.Api.Sync;

/// <summary>What is known of the pace that the other side permits a key, and what was made of its hints.</summary>
internal sealed record PaceView
{
    /// <summary>Requests of a window; null: not known.</summary>
    public int? Limit { get; init; }

    /// <summary>Those that were left when it was last asked; null: not known.</summary>
    public int? Remaining { get; init; }

    /// <summary>When the window ends; null: not known.</summary>
    public DateTimeOffset? ResetAt { get; init; }

    /// <summary>The pause between requests that was learned from refusals, in milliseconds; null: none.</summary>
    public double? IntervalMs { get; init; }

    /// <summary>No request before then, after a refusal; null: none was refused last.</summary>
    public DateTimeOffset? BlockedUntil { get; init; }

    /// <summary>Refusals in a row.</summary>
    public int Refusals { get; init; }

    /// <summary>When it was last asked.</summary>
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>What was made of the last refusal, or of the last hint that was not followed as it stood; null: nothing of the kind has been.</summary>
    public string? Note { get; init; }

    /// <summary>The pace of the key that was used last; null: nothing is known.</summary>
    /// <param name="kept">As it is kept with the source's checkpoint, or null.</param>
    public static PaceView? Read(string? kept) => PaceBook.Parse(kept).Latest is { } pace
        ? new PaceView
        {
            Limit = pace.Limit,
            Remaining = pace.Limit is null ? null : pace.Remaining,
            ResetAt = pace.WindowEndsAt,
            IntervalMs = pace.LearnedIntervalMs is { } interval ? Math.Round(interval, 1) : null,
            BlockedUntil = pace.BlockedUntil,
            Refusals = pace.Refusals,
            LastSentAt = pace.LastSentAt,
            Note = pace.Note,
        }
        : null;
}
