namespace BusIngest.Contracts.Orders;

/// <summary>How the queue is now.</summary>
/// <param name="Paused">Whether it is paused.</param>
/// <param name="Closed">Whether it is closed.</param>
public sealed record OrdersSteered(bool Paused, bool Closed);
