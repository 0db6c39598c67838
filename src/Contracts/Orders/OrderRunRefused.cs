namespace BusIngest.Contracts.Orders;

/// <summary>Another run is under way.</summary>
/// <param name="RunId">That run.</param>
/// <param name="Phase">Its phase, one of <see cref="OrderPhases"/>.</param>
public sealed record OrderRunRefused(Guid RunId, string Phase);
