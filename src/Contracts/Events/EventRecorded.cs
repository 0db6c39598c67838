namespace BusIngest.Contracts.Events;

/// <summary>Events were recorded, and are to be stored. They are written as the clients wrote them; <see cref="EventDraft"/> reads them.</summary>
/// <param name="Count">How many.</param>
/// <param name="Records">The events.</param>
public sealed record EventRecorded(int Count, byte[] Records) : IChunk<RecordedEvent>;
