using System.Text.Json.Serialization;

namespace BusIngest.Workers.Sync.Pacing;

/// <summary>What is known of the pace that a source permits; kept with its checkpoint, so that a restart keeps to it.</summary>
public sealed record PaceState
{
    /// <summary>The requests of a window; null: not known.</summary>
    public int? Limit { get; init; }

    /// <summary>Those that are left in the present one.</summary>
    public int Remaining { get; init; }

    /// <summary>When the present window is over, as far as is known; null: there is none.</summary>
    public DateTimeOffset? WindowEndsAt { get; init; }

    /// <summary>When the first request of the present window was sent.</summary>
    public DateTimeOffset? WindowSentAt { get; init; }

    /// <summary>When that was answered.</summary>
    public DateTimeOffset? WindowAnsweredAt { get; init; }

    /// <summary>How long a window is, in milliseconds; null: not known.</summary>
    public long? WindowMs { get; init; }

    /// <summary>The present window's end as the header tells it; null: it does not, or in seconds from now.</summary>
    public DateTimeOffset? WindowTold { get; init; }

    /// <summary>Whether <see cref="Rounding"/> has stood its test; only the first window's end may be tried.</summary>
    public bool IsSettled { get; init; }

    /// <summary>How the window's end is made of its header.</summary>
    public RoundingGuess Rounding { get; init; }

    /// <summary>No request before then: the other side has said so.</summary>
    public DateTimeOffset? BlockedUntil { get; init; }

    /// <summary>When the last request was sent.</summary>
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>The pause between requests that was learned where no headers tell it, in milliseconds; null: none.</summary>
    public double? LearnedIntervalMs { get; init; }

    /// <summary>Since when requests are counted, to learn from.</summary>
    public DateTimeOffset? CountedSince { get; init; }

    /// <summary>How many were answered since.</summary>
    public int Counted { get; init; }

    /// <summary>Refusals in a row.</summary>
    public int Refusals { get; init; }

    /// <summary>How long the last of them made us wait, in milliseconds.</summary>
    public double RefusedForMs { get; init; }

    /// <summary>Whether the other side counts in a bucket that fills up all the time, and not in windows: it has let us ask before the bucket was full.</summary>
    public bool IsBucket { get; init; }

    /// <summary>What was made of the last hint that was not followed as it stood, or of the last refusal; null: nothing of the kind has been.</summary>
    public string? Note { get; init; }
}

/// <summary>In what way a window's end that was rounded to a second is understood, from the boldest to the safest. Each refusal right
/// after a window's supposed end leads to the next one.</summary>
public enum RoundingGuess
{
    /// <summary>Rounded up, and the window began with its first request: then it ends a whole number of seconds after that.</summary>
    UpFromFirstRequest,

    /// <summary>Rounded down likewise; this is also after every end that was a whole second in the first place.</summary>
    DownFromFirstRequest,

    /// <summary>Nothing is known: a second later than it says.</summary>
    SecondLater,
}

/// <summary>How it is kept.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PaceBook))]
internal sealed partial class PaceJson : JsonSerializerContext;
