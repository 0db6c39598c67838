using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Has MassTransit declare a queue as <see cref="RabbitMqTopology"/> has found it: with other arguments the broker would refuse it.</summary>
internal sealed class DeclaredQueues(RabbitMqTopology topology) : IFilter<ChannelContext>
{
    /// <inheritdoc />
    public Task Send(ChannelContext context, IPipe<ChannelContext> next) => next.Send(new Channel(context, topology));

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("declaredQueues");

    private sealed class Channel(ChannelContext context, RabbitMqTopology topology) : SharedChannelContext(context, context.CancellationToken), ChannelContext
    {
        Task<QueueDeclareOk> ChannelContext.QueueDeclare(
            string queue, bool durable, bool exclusive, bool autoDelete, IDictionary<string, object> arguments, CancellationToken cancellationToken) =>
            topology.FormOf(queue).Arguments is { } declared
                ? QueueDeclare(queue, durable, exclusive, autoDelete, declared!, cancellationToken)
                : QueueDeclarePassive(queue, cancellationToken);
    }
}
