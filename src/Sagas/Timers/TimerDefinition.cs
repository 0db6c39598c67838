using MassTransit;

namespace BusIngest.Sagas.Timers;

/// <summary>The queue `timer`: many timers at once, so that they share a commit. The repository sees to it that the events of one
/// timer take turns.</summary>
internal sealed class TimerDefinition : SagaDefinition<TimerState>
{
    /// <summary>The queue's name.</summary>
    public const string Queue = "timer";

    /// <summary>The most events in hand at once.</summary>
    public const int AtOnce = 64;

    public TimerDefinition()
    {
        Endpoint(endpoint =>
        {
            endpoint.Name = Queue;
            endpoint.PrefetchCount = AtOnce;
            endpoint.ConcurrentMessageLimit = AtOnce;
        });
    }
}
