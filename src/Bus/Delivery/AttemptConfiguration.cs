using MassTransit;
using MassTransit.Configuration;

namespace BusIngest.Bus.Delivery;

/// <summary>Puts an <see cref="AttemptFilter{TConsumer,T}"/> before every consumer of an endpoint, inside of all else that was configured.</summary>
internal sealed class AttemptConfiguration : IConsumerConfigurationObserver
{
    /// <summary>Asked for all of a consumer's messages after everybody else: whoever connects now is the last to be asked for each.</summary>
    public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator)
        where TConsumer : class => configurator.ConnectConsumerConfigurationObserver(new Last());

    /// <inheritdoc />
    public void ConsumerMessageConfigured<TConsumer, TMessage>(IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
        where TConsumer : class
        where TMessage : class
    {
        // The last observer does it.
    }

    private sealed class Last : IConsumerConfigurationObserver
    {
        public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator)
            where TConsumer : class
        {
            // Its messages are what matters.
        }

        public void ConsumerMessageConfigured<TConsumer, TMessage>(IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
            where TConsumer : class
            where TMessage : class => configurator.AddPipeSpecification(
                new FilterPipeSpecification<ConsumerConsumeContext<TConsumer, TMessage>>(new AttemptFilter<TConsumer, TMessage>()));
    }
}
