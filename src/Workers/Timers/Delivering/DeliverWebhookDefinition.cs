using MassTransit;

namespace BusIngest.Workers.Timers.Delivering;

/// <summary>The queue `timers-webhook`: attempts wait for other machines, so many are under way; each host's gate bounds its own.</summary>
internal sealed class DeliverWebhookDefinition : ConsumerDefinition<DeliverWebhookConsumer>
{
    public DeliverWebhookDefinition()
    {
        EndpointName = "timers-webhook";
        ConcurrentMessageLimit = 1_024;
    }
}
