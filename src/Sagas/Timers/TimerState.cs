using BusIngest.Bus.Sagas;

namespace BusIngest.Sagas.Timers;

/// <summary>A timer, as it is kept: from its creation on, for good.</summary>
public sealed class TimerState : ISagaDocument
{
    /// <summary>The kind under which timers are kept and listed.</summary>
    public const string Kind = "timer";

    /// <summary>The timer's id.</summary>
    public Guid CorrelationId { get; set; }

    /// <summary>Scheduled, Running, Finished, Failed or Cancelled.</summary>
    public string CurrentState { get; set; } = "";

    /// <inheritdoc />
    public int SchemaVersion { get; set; } = 1;

    /// <summary>What it calls.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>When the client asked for it.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it is due.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>When it fired; null while it waits.</summary>
    public DateTimeOffset? FiredAt { get; set; }

    /// <summary>When its webhook first answered 2xx; null until then.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>How often the webhook was called since the timer was created.</summary>
    public int Attempts { get; set; }

    /// <summary>The last try before the present round: each time it is delivered again by hand, the retries start over.</summary>
    public int AttemptsBefore { get; set; }

    /// <summary>When it will be tried again; null when it will not, or is being tried now.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>What was wrong with the last try; null when nothing was.</summary>
    public string? LastError { get; set; }

    /// <summary>The scheduled <c>TimerDue</c>.</summary>
    public Guid? DueToken { get; set; }

    /// <summary>The scheduled <c>RetryDue</c>.</summary>
    public Guid? RetryToken { get; set; }
}
