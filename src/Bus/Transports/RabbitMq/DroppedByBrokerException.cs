namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>The broker has taken a message out of its queue by rules of its own.</summary>
/// <param name="queue">The queue.</param>
/// <param name="reason">RabbitMQ's word for it (https://www.rabbitmq.com/docs/dlx): delivery_limit, expired, maxlen or rejected.</param>
internal sealed class DroppedByBrokerException(string queue, string reason) : Exception(Explain(queue, reason))
{
    private static string Explain(string queue, string reason) => reason switch
    {
        "delivery_limit" => $"RabbitMQ took the message out of {queue}, as it was delivered as often as its delivery limit allows, and never acknowledged: its consumer may end the process, or connections were lost again and again. Sent again, it counts from 1.",
        "expired" => $"RabbitMQ took the message out of {queue}, as it waited there for longer than a policy allows (message-ttl). Take the policy away: rabbitmqctl list_policies.",
        "maxlen" => $"RabbitMQ took the message out of {queue}, as that was longer than a policy allows (max-length). Take the policy away: rabbitmqctl list_policies.",
        _ => $"RabbitMQ took the message out of {queue}: {reason}.",
    };
}
