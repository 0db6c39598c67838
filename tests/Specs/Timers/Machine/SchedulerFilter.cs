using MassTransit;
using MassTransit.Context;
using MassTransit.Scheduling;

namespace BusIngest.Specs.Timers.Machine;

/// <summary>Gives sagas the scheduler, as the bus's own filter does.</summary>
internal sealed class SchedulerFilter(RecordingScheduler scheduler) : IFilter<ConsumeContext>
{
    public Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        // The mediator has no topology; only what is published later would ask for it.
        context.GetOrAddPayload<MessageSchedulerContext>(() => new ConsumeMessageSchedulerContext(
            context, _ => new MessageScheduler(scheduler, busTopology: null!)));
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("scheduler");
}
