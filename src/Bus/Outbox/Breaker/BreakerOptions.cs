namespace BusIngest.Bus.Outbox.Breaker;

/// <summary>When the lane over a server is given up, and how long anyone waits for it.</summary>
public sealed record BreakerOptions
{
    /// <summary>Failures in a row that open the breaker, 1–1,000. Default 5.</summary>
    public int FailureThreshold { get; init; } = 5;

    /// <summary>How long it stays open before a test write, unless the lane says that it is back, 100 ms–1 h. Default 2 s.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the lane may take to confirm a chunk, 50 ms–10 s; then the chunk goes to the fallback. A caller may wait behind one chunk
    /// besides its own, so that above 450 ms it may have no answer within a second. Default 400 ms.
    /// </summary>
    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromMilliseconds(400);
}
