namespace BusIngest.Contracts.Orders;

/// <summary>Jobs were taken out, or put back.</summary>
/// <param name="Jobs">How many.</param>
public sealed record OrderJobsChanged(int Jobs);
