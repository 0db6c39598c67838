using BusIngest.Contracts.Timers;
using MassTransit;

namespace BusIngest.Sagas.Timers;

/// <summary>The queue `timers`: many timers at once, so that they share a commit, but the events of one timer one at a time.</summary>
internal sealed class TimerDefinition : SagaDefinition<TimerState>
{
    // Four to each event in hand, so that two timers seldom wait for one another.
    private const int Partitions = 256;

    public TimerDefinition()
    {
        EndpointName = "timers";
        ConcurrentMessageLimit = 64;
    }

    /// <inheritdoc />
    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator, ISagaConfigurator<TimerState> sagaConfigurator, IRegistrationContext context)
    {
        var partitioner = endpointConfigurator.CreatePartitioner(Partitions);
        sagaConfigurator.Message<CreateTimer>(x => x.UsePartitioner(partitioner, message => message.Message.TimerId));
        sagaConfigurator.Message<TimerDue>(x => x.UsePartitioner(partitioner, message => message.Message.TimerId));
        sagaConfigurator.Message<RetryDue>(x => x.UsePartitioner(partitioner, message => message.Message.TimerId));
        sagaConfigurator.Message<WebhookDelivered>(x => x.UsePartitioner(partitioner, message => message.Message.TimerId));
        sagaConfigurator.Message<WebhookAttemptFailed>(x => x.UsePartitioner(partitioner, message => message.Message.TimerId));
        sagaConfigurator.Message<WebhookAbandoned>(x => x.UsePartitioner(partitioner, message => message.Message.TimerId));
        sagaConfigurator.Message<CancelTimer>(x => x.UsePartitioner(partitioner, message => message.Message.TimerId));
        sagaConfigurator.Message<RedeliverTimer>(x => x.UsePartitioner(partitioner, message => message.Message.TimerId));
    }
}
