using BusIngest.Bus.Transports;
using MassTransit;
using MassTransit.Context;
using MassTransit.Scheduling;

namespace BusIngest.Bus.Scheduling;

/// <summary>Gives every message a scheduler for use outside of its consumer's transaction: scheduled redelivery.</summary>
internal sealed class SchedulerFilter(SubscriptionMap subscriptions, IScheduledMessages schedule, TimeProvider time) : IFilter<ConsumeContext>
{
    /// <inheritdoc />
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        context.GetOrAddPayload<MessageSchedulerContext>(() => new ConsumeMessageSchedulerContext(
            context, consumed => new MessageScheduler(new DurableScheduling(consumed, subscriptions, schedule, time), consumed.GetPayload<IBusTopology>())));
        return next.Send(context);
    }

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("durableScheduler");
}
