namespace BusIngest.Contracts.Orders;

/// <summary>Asks to pause or close the queue of the orders, or to end that. Answered by <see cref="OrdersSteered"/>.</summary>
/// <param name="Paused">Whether it is to be paused; null: as it is.</param>
/// <param name="Closed">Whether it is to be closed until somebody resumes it or the workers start anew; null: as it is.</param>
public sealed record SteerOrders(bool? Paused, bool? Closed);
