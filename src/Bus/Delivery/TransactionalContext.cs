using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Transports;
using MassTransit;
using MassTransit.Context;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;

namespace BusIngest.Bus.Delivery;

/// <summary>A message in the hands of its consumer, with everything that the consumer sends held back for the transaction.</summary>
/// <typeparam name="T">The message.</typeparam>
internal sealed class TransactionalContext<T> : ConsumeContextProxy<T>, OutboxSendContext
    where T : class
{
    private readonly ConsumeContext<T> _outer;
    private readonly ConsumerTransaction _transaction;
    private readonly SubscriptionMap _subscriptions;
    private readonly TimeProvider _time;
    private readonly IServiceProvider _services;

    public TransactionalContext(
        ConsumeContext<T> context, ConsumerTransaction transaction, SubscriptionMap subscriptions, TimeProvider time, IServiceProvider services)
        : base(context)
    {
        _outer = context;
        _transaction = transaction;
        _subscriptions = subscriptions;
        _time = time;
        _services = services;
        ReceiveContext = new OutboxReceiveContext(this, context.ReceiveContext);
        PublishEndpointProvider = ReceiveContext.PublishEndpointProvider;

        // Each try has a transaction of its own, and the payloads outlive the try.
        AddOrUpdatePayload(() => transaction, _ => transaction);
        var scheduler = new ConsumeMessageSchedulerContext(this, _ => SchedulerOf(transaction));
        AddOrUpdatePayload<MessageSchedulerContext>(() => scheduler, _ => scheduler);
    }

    /// <inheritdoc />
    public Task AddSend<TMessage>(SendContext<TMessage> context)
        where TMessage : class
    {
        if (_subscriptions.IsConsumedByItsBase(typeof(TMessage)))
            throw new MessageException(typeof(TMessage), "It is consumed by a type that it inherits from; publish it as that type.");

        var message = CapturedMessage.Of(context);
        if (context.RequestId is not null && context.DestinationAddress == ResponseAddress)
            _transaction.Respond(new StoredResponse(context.DestinationAddress!, message.MessageId, message.Envelope));
        else if (_subscriptions.Knows(message))
            _transaction.Send(message.AcceptedAt(_time.GetUtcNow()));
        return Task.CompletedTask;
    }

    /// <summary>A fault is no effect of the consumer: whoever asked must hear of it, though the transaction is given up.</summary>
    public override Task NotifyFaulted<TMessage>(ConsumeContext<TMessage> context, TimeSpan duration, string consumerType, Exception exception) =>
        base.NotifyFaulted(_outer as ConsumeContext<TMessage> ?? context, duration, consumerType, exception);

    /// <inheritdoc />
    public object? GetService(Type serviceType) => _services.GetService(serviceType);

    private MassTransit.Scheduling.MessageScheduler SchedulerOf(ConsumerTransaction transaction) => new(
        new DurableScheduling(this, _subscriptions, transaction, _time), this.GetPayload<IBusTopology>());
}
