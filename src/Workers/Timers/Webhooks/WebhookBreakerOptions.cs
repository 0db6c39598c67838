namespace BusIngest.Workers.Timers.Webhooks;

/// <summary>The circuit breaker that stands before each host.</summary>
public sealed record WebhookBreakerOptions
{
    /// <summary>After how many failures in a row it opens, 2–1,000. Default 5.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>How long it stays open before one attempt is let through, 500 ms to 1 h. Default 15 s.</summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(15);
}
