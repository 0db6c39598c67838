namespace BusIngest.Bus.Outbox;

/// <summary>No lane can make a record durable now.</summary>
/// <param name="message">What is wrong, in words that a caller may be shown.</param>
/// <param name="retryAfter">When it is worth trying again.</param>
/// <param name="inner">The cause.</param>
public sealed class OutboxUnavailableException(string message, TimeSpan retryAfter, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>When it is worth trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
