namespace BusIngest.Api.Commands.Failed;

/// <summary>How many messages were dropped.</summary>
/// <param name="Dropped">The count.</param>
internal sealed record DroppedMessages(int Dropped);
