namespace BusIngest.Contracts.Orders;

/// <summary>Lets the queue of the orders run, or stand.</summary>
/// <param name="Revision">The later one counts, whichever comes last.</param>
/// <param name="Paused">Whether it is paused.</param>
/// <param name="Closed">Whether it is closed.</param>
public sealed record SwitchOrders(long Revision, bool Paused, bool Closed);
