namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>A message was published, and there is no queue that it could go to. The broker has dropped it.</summary>
/// <param name="messageType">The message's name.</param>
/// <param name="destination">Where it was published to.</param>
internal sealed class UnroutableMessageException(string messageType, MessageRoute destination)
    : Exception($"No queue takes {messageType}: there is none behind {destination}.");
