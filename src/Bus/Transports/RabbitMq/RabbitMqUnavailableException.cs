namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>The broker is away, takes nothing in, or did not confirm in time. What was on its way may have arrived.</summary>
/// <param name="message">What is wrong, for an operator.</param>
/// <param name="inner">The cause.</param>
internal sealed class RabbitMqUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
