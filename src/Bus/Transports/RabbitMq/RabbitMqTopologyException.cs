namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>A queue or exchange that we need is there, and is of another kind. Somebody has to remove it, or give us a virtual host of our own.</summary>
/// <param name="what">`queue` or `exchange`.</param>
/// <param name="name">Its name.</param>
/// <param name="needed">What it has to be.</param>
/// <param name="inner">What RabbitMQ said.</param>
internal sealed class RabbitMqTopologyException(string what, string name, string needed, Exception inner)
    : Exception($"The {what} {name} exists, and is not {needed}. Empty and delete it, or use another virtual host. RabbitMQ said: {inner.Message}", inner);
