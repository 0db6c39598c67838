namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>A queue or exchange that we need is there in another form, or may not be declared. Somebody has to see to it; the message has the command.</summary>
/// <param name="message">What is wrong, and what mends it.</param>
/// <param name="inner">What RabbitMQ said.</param>
internal sealed class RabbitMqTopologyException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>It is there, and is of another kind.</summary>
    /// <param name="what">`queue` or `exchange`.</param>
    /// <param name="name">Its name.</param>
    /// <param name="needed">What it has to be.</param>
    /// <param name="inner">What RabbitMQ said.</param>
    public static RabbitMqTopologyException OfAnotherKind(string what, string name, string needed, Exception inner) => new(
        $"The {what} {name} exists, and is not {needed}. Empty and delete it (rabbitmqctl delete_queue {name}), or use another virtual host. RabbitMQ said: {inner.Message}", inner);

    /// <summary>The user may not declare it.</summary>
    /// <param name="what">`queue` or `exchange`.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">Who asked for it.</param>
    /// <param name="inner">What RabbitMQ said.</param>
    public static RabbitMqTopologyException Forbidden(string what, string name, RabbitMqOptions options, Exception inner) => new(
        $"The user {options.User} may not declare the {what} {name}. Permit it: rabbitmqctl set_permissions -p {options.VirtualHost} {options.User} '.*' '.*' '.*'. RabbitMQ said: {inner.Message}", inner);
}
