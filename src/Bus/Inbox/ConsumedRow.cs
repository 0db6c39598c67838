namespace BusIngest.Bus.Inbox;

/// <summary>A row of the inbox that every endpoint it is for has settled.</summary>
/// <param name="Seq">Its place.</param>
/// <param name="Records">How many records it carries.</param>
/// <param name="Bytes">Its payload's size.</param>
/// <param name="MessageType">The message's name.</param>
internal readonly record struct ConsumedRow(long Seq, int Records, int Bytes, string MessageType);
