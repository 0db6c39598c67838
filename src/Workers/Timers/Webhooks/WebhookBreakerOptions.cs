namespace BusIngest.Workers.Timers.Webhooks;

/// <summary>The circuit breakers that stand before each host, and before each path of it that fails.</summary>
public sealed record WebhookBreakerOptions
{
    /// <summary>After how many failures in a row it opens, 2–1,000. Default 5.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>How long it stays open before one attempt is let through, 500 ms to 1 h. Default 15 s. An attempt that has been put off for as long is
    /// made in any case: it is put off, not given up.</summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(15);
}
