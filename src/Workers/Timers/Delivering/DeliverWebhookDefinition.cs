using BusIngest.Workers.Timers.Webhooks.Gates;
using MassTransit;

namespace BusIngest.Workers.Timers.Delivering;

/// <summary>The queue `timer-webhook`: attempts wait for other machines, so many are under way; <see cref="CallPlaces"/> shares them out.</summary>
internal sealed class DeliverWebhookDefinition : ConsumerDefinition<DeliverWebhookConsumer>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "timer-webhook";

    /// <summary>The most attempts in hand at once: calls, those that wait for a place, and bodies that are being read.</summary>
    public const int AtOnce = 2 * CallPlaces.Most;

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
