namespace BusIngest.Contracts.Orders;

/// <summary>A run has begun.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Phase">One of <see cref="OrderPhases"/>.</param>
/// <param name="Quantity">How many orders.</param>
public sealed record OrderRunAccepted(Guid RunId, string Phase, int Quantity);
