namespace BusIngest.Bus.Outbox;

/// <summary>Records on their way out: what one message will carry.</summary>
/// <param name="MessageId">The message's id, the same for every try.</param>
/// <param name="MessageType">The message's name.</param>
/// <param name="Count">How many records.</param>
/// <param name="Records">A JSON array; only valid until the lane has answered.</param>
/// <param name="Trace">The spans that the records come from, as <see cref="Telemetry.RecordTraces"/> writes them; null where nobody traces.</param>
internal readonly record struct OutboxChunk(Guid MessageId, string MessageType, int Count, ReadOnlyMemory<byte> Records, string? Trace = null);
