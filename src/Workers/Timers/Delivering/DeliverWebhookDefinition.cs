using MassTransit;

namespace BusIngest.Workers.Timers.Delivering;

/// <summary>The queue `timer-webhook`: attempts wait for other machines, so many are under way; each host's gate bounds its own.</summary>
internal sealed class DeliverWebhookDefinition : ConsumerDefinition<DeliverWebhookConsumer>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "timer-webhook";

    /// <summary>The most attempts under way or waiting for their host at once.</summary>
    public const int AtOnce = 512;

    public DeliverWebhookDefinition()
    {
        Endpoint(endpoint =>
        {
            endpoint.Name = Queue;
            endpoint.PrefetchCount = AtOnce;
            endpoint.ConcurrentMessageLimit = AtOnce;
        });
    }
}
