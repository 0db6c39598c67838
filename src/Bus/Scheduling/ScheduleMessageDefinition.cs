using MassTransit;

namespace BusIngest.Bus.Scheduling;

/// <summary>The queue `schedule`.</summary>
internal sealed class ScheduleMessageDefinition : ConsumerDefinition<ScheduleMessageConsumer>
{
    public ScheduleMessageDefinition()
    {
        EndpointName = "schedule";
        ConcurrentMessageLimit = 16;
    }
}
