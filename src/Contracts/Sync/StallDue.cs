namespace BusIngest.Contracts.Sync;

/// <summary>A stretch should long be over; sent by the schedule unless it is.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Stretch">The stretch.</param>
public sealed record StallDue(Guid RunId, long Stretch);
