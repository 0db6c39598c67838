using MassTransit;

namespace BusIngest.Bus.Transports;

/// <summary>Notes the messages of one endpoint's consumers and sagas in the <see cref="SubscriptionMap"/>.</summary>
internal sealed class SubscriptionObserver(string endpoint, SubscriptionMap map) : IConsumerConfigurationObserver, ISagaConfigurationObserver
{
    public void ConsumerMessageConfigured<TConsumer, TMessage>(IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
        where TConsumer : class
        where TMessage : class => map.Add(endpoint, typeof(TMessage));

    public void SagaMessageConfigured<TSaga, TMessage>(ISagaMessageConfigurator<TSaga, TMessage> configurator)
        where TSaga : class, ISaga
        where TMessage : class => map.Add(endpoint, typeof(TMessage));

    public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator)
        where TConsumer : class
    {
        // Only the messages matter.
    }

    public void SagaConfigured<TSaga>(ISagaConfigurator<TSaga> configurator)
        where TSaga : class, ISaga
    {
        // Only the messages matter.
    }

    public void StateMachineSagaConfigured<TInstance>(ISagaConfigurator<TInstance> configurator, SagaStateMachine<TInstance> stateMachine)
        where TInstance : class, ISaga, SagaStateMachineInstance
    {
        // Only the messages matter.
    }
}
