using BusIngest.Specs.Relays;
using MassTransit;

namespace BusIngest.Specs.Scheduling;

/// <summary>The endpoint `relay`, with what a consumer's definition may add of its own.</summary>
internal sealed class RedeliveryDefinition(RedeliverySetup setup) : ConsumerDefinition<RelayConsumer>
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<RelayConsumer> consumerConfigurator, IRegistrationContext context) =>
        setup.Configure(endpointConfigurator, consumerConfigurator);
}
