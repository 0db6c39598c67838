namespace BusIngest.Contracts.Orders;

/// <summary>A run has come to another phase; the last one of these is how it ended.</summary>
/// <param name="Facts">The run as of then.</param>
public sealed record OrderRunAdvanced(OrderRunFacts Facts);
