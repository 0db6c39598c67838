namespace BusIngest.Api.Limits;

/// <summary>What a request takes from one quota.</summary>
/// <param name="Policy">Under which policy.</param>
/// <param name="Partition">Whose: an address, an account.</param>
/// <param name="Units">How much, at least 1.</param>
internal readonly record struct LimitCharge(LimitPolicy Policy, string Partition, long Units);
