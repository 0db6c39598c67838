namespace BusIngest.Bus.Outbox.Breaker;

/// <summary>What became of something that was to be sent to the lane.</summary>
/// <param name="Confirmed">It is durable there.</param>
/// <param name="Failure">Why it is not, or may not be; null when it is, or when the breaker did not let it through.</param>
internal readonly record struct LaneAttempt(bool Confirmed, Exception? Failure);
