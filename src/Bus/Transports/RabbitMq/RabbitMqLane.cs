using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using BusIngest.Bus.Outbox.Failover;
using RabbitMQ.Client;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>The lane over RabbitMQ: a message is durable once its quorum queues have confirmed it.</summary>
internal sealed class RabbitMqLane(RabbitMqConnection connection, RabbitMqForwarder forwarder, SubscriptionMap subscriptions) : IPrimaryLane, IBacklog
{
    /// <summary>No queue has this name: what is published to it is confirmed, and gone.</summary>
    private static readonly MessageRoute Nowhere = MessageRoute.ToQueue("busingest.probe");

    /// <inheritdoc />
    public string Name => "rabbitmq";

    /// <inheritdoc />
    public string? Master => null;

    /// <inheritdoc />
    public MasterPromotion? LastPromotion => null;

    /// <inheritdoc />
    public Pulse Returned => connection.Returned;

    /// <inheritdoc />
    public Task ForwardAsync(InboxEntry entry, CancellationToken deadline) => forwarder.ForwardAsync(entry, deadline);

    /// <summary>Messages in the queues of the program, dead letters included.</summary>
    public async ValueTask<long?> MessagesAsync(CancellationToken deadline)
    {
        var session = await connection.SessionAsync(deadline);
        return await session.MessagesAsync([.. subscriptions.Endpoints.Select(endpoint => endpoint.Endpoint), RabbitMqTopology.DeadLetters], deadline);
    }

    /// <inheritdoc />
    public async Task ProbeAsync(CancellationToken deadline)
    {
        var session = await connection.SessionAsync(deadline);
        await session.PublishAsync(Nowhere, mandatory: false, new BasicProperties(), ReadOnlyMemory<byte>.Empty, deadline);
    }
}
