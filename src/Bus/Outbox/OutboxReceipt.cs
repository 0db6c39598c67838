namespace BusIngest.Bus.Outbox;

/// <summary>Where records went that were handed in together.</summary>
/// <param name="MessageId">The message that carries all of them, under this id at every delivery.</param>
/// <param name="First">The place of the first of them among the message's records, from 0; they have no two callers' in between.</param>
public readonly record struct OutboxReceipt(Guid MessageId, int First);
