namespace BusIngest.Bus.Delivery;

/// <summary>An answer to a request, which leaves once what it tells of is committed. It is not kept: whoever asked waits for it now, or not at all.</summary>
/// <param name="Destination">Where to.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Envelope">The message as it goes on the wire.</param>
internal readonly record struct StoredResponse(Uri Destination, Guid MessageId, byte[] Envelope);
