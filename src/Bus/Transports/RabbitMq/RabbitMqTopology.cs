using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>
/// The queues and exchanges of all endpoints of the program, as MassTransit would declare them. They are there before the first publish, whoever
/// starts first: what is published to an exchange that no queue is bound to yet would be lost.
/// </summary>
internal sealed class RabbitMqTopology(IServiceProvider services, SubscriptionMap subscriptions)
{
    private static readonly RabbitMqMessageNameFormatter Names = new();

    /// <summary>The arguments of every durable queue.</summary>
    private static readonly Dictionary<string, object?> Quorum = new(StringComparer.Ordinal) { [RabbitMQ.Client.Headers.XQueueType] = "quorum" };

    /// <summary>The exchange that a message is published to.</summary>
    public static string ExchangeOf(Type messageType) => Names.GetMessageName(messageType);

    /// <summary>Declares everything; what is there already stays as it is.</summary>
    /// <exception cref="RabbitMqTopologyException">Something is there by the same name, and is of another kind.</exception>
    public async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        // The subscriptions are gathered when the bus is built.
        services.GetRequiredService<IBus>();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        foreach (var (endpoint, messages) in subscriptions.Subscriptions)
        {
            await DeclareQueueAsync(channel, endpoint, cancellationToken);
            await DeclareExchangeAsync(channel, endpoint, cancellationToken);
            await channel.QueueBindAsync(endpoint, endpoint, routingKey: "", cancellationToken: cancellationToken);
            foreach (var exchange in messages.Select(ExchangeOf))
            {
                await DeclareExchangeAsync(channel, exchange, cancellationToken);
                await channel.ExchangeBindAsync(destination: endpoint, source: exchange, routingKey: "", cancellationToken: cancellationToken);
            }
        }

        await channel.CloseAsync(cancellationToken);
    }

    private static async Task DeclareQueueAsync(IChannel channel, string queue, CancellationToken cancellationToken)
    {
        try
        {
            await channel.QueueDeclareAsync(
                queue, durable: true, exclusive: false, autoDelete: false, Quorum, cancellationToken: cancellationToken);
        }
        catch (OperationInterruptedException exception) when (IsOfAnotherKind(exception))
        {
            throw new RabbitMqTopologyException("queue", queue, "a durable quorum queue without other arguments", exception);
        }
    }

    private static async Task DeclareExchangeAsync(IChannel channel, string exchange, CancellationToken cancellationToken)
    {
        try
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        }
        catch (OperationInterruptedException exception) when (IsOfAnotherKind(exception))
        {
            throw new RabbitMqTopologyException("exchange", exchange, "a durable fanout exchange without arguments", exception);
        }
    }

    private static bool IsOfAnotherKind(OperationInterruptedException exception) =>
        exception.ShutdownReason is { ReplyCode: Constants.PreconditionFailed or Constants.ResourceLocked };
}
