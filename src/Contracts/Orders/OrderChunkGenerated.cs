namespace BusIngest.Contracts.Orders;

/// <summary>A chunk is stored. Its VIP orders come first, those of NORMAL priority after them.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Index">Which chunk.</param>
/// <param name="First">The number of its first order.</param>
/// <param name="Vip">How many VIP orders there are.</param>
/// <param name="Normal">How many others.</param>
public sealed record OrderChunkGenerated(long Run, int Index, long First, int Vip, int Normal);
