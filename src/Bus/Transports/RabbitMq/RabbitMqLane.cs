using BusIngest.Bus.Inbox;
using BusIngest.Bus.Outbox;
using RabbitMQ.Client;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>The lane over RabbitMQ: a message is durable once its quorum queues have confirmed it.</summary>
internal sealed class RabbitMqLane(RabbitMqConnection connection, RabbitMqForwarder forwarder) : IPrimaryLane
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

    /// <inheritdoc />
    public async Task ProbeAsync(CancellationToken deadline)
    {
        var session = await connection.SessionAsync(deadline);
        await session.PublishAsync(Nowhere, mandatory: false, new BasicProperties(), ReadOnlyMemory<byte>.Empty, deadline);
    }
}
