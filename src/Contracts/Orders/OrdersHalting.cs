namespace BusIngest.Contracts.Orders;

/// <summary>Work in hand is being finished; what was asked for is done after that.</summary>
/// <param name="Halt">The number under which its end is found in the saga.</param>
/// <param name="WasActive">Whether a run was under way.</param>
public sealed record OrdersHalting(long Halt, bool WasActive);
