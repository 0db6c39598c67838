using MassTransit;

namespace BusIngest.Bus.Scheduling;

/// <summary>The queue `schedule`.</summary>
internal sealed class ScheduleMessageDefinition : ConsumerDefinition<ScheduleMessageConsumer>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "schedule";

    public ScheduleMessageDefinition()
    {
        EndpointName = Queue;
        ConcurrentMessageLimit = 16;
    }
}
