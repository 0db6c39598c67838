namespace BusIngest.Contracts.Orders;

/// <summary>Asks for a run. Answered by <see cref="OrderRunAccepted"/> or <see cref="OrderRunRefused"/>.</summary>
/// <param name="RunId">The run's id; asked for again under the same one, it is accepted again and does not begin twice.</param>
/// <param name="Quantity">How many orders, 1 to <see cref="OrderRange.MaxOrders"/>.</param>
public sealed record GenerateOrders(Guid RunId, int Quantity);
