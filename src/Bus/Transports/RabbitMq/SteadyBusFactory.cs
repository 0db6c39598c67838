using MassTransit;
using MassTransit.Configuration;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Transports;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Makes MassTransit's bus over RabbitMQ, whose endpoints try again a second after whatever befell them, for as long as the process runs.</summary>
/// <remarks>
/// MassTransit's own pauses begin at 3 s, double up to half a minute, and do not begin anew after a success: the more often a broker was lost since
/// the start, the longer an endpoint stands still. What its list of exceptions does not have ends an endpoint for good. There is no setting for this;
/// the pause of a second before each try is fixed, and enough: <see cref="RabbitMqConnection"/> holds tries back while the broker is away.
/// </remarks>
/// <param name="configure">Configures the bus.</param>
internal sealed class SteadyBusFactory(Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> configure) : IRegistrationBusFactory
{
    /// <inheritdoc />
    public IBusInstance CreateBus(IBusRegistrationContext context, IEnumerable<IBusInstanceSpecification> specifications, string busName) =>
        new Factory(new BusConfiguration(new RabbitMqTopologyConfiguration(RabbitMqBusFactory.CreateMessageTopology())), configure)
            .CreateBus(context, specifications, busName);

    private sealed class Factory(BusConfiguration bus, Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> configure)
        : TransportRegistrationBusFactory<IRabbitMqReceiveEndpointConfigurator>(bus.Host)
    {
        public override IBusInstance CreateBus(IBusRegistrationContext context, IEnumerable<IBusInstanceSpecification> specifications, string busName) =>
            CreateBus(new RabbitMqBusFactoryConfigurator(bus), context, configure, specifications);
    }

    /// <summary>MassTransit's, with another host.</summary>
    private sealed class BusConfiguration : RabbitMqBusConfiguration, IRabbitMqBusConfiguration
    {
        public BusConfiguration(IRabbitMqTopologyConfiguration topology)
            : base(topology) => Host = new HostConfiguration(this, topology);

        public HostConfiguration Host { get; }

        IRabbitMqHostConfiguration IRabbitMqBusConfiguration.HostConfiguration => Host;

        IHostConfiguration IBusConfiguration.HostConfiguration => Host;

        ConnectHandle IEndpointConfigurationObserverConnector.ConnectEndpointConfigurationObserver(IEndpointConfigurationObserver observer) =>
            Host.ConnectEndpointConfigurationObserver(observer);
    }

    private sealed class HostConfiguration : RabbitMqHostConfiguration
    {
        public HostConfiguration(IRabbitMqBusConfiguration bus, IRabbitMqTopologyConfiguration topology)
            : base(bus, topology)
        {
            var isOfConnection = base.ReceiveTransportRetryPolicy.IsHandled;
            ReceiveTransportRetryPolicy = Retry.CreatePolicy(static policy => policy.Immediate(int.MaxValue));
            SendTransportRetryPolicy = Retry.CreatePolicy(policy =>
            {
                // Only these: a message that can't be written never can.
                policy.Handle<Exception>(isOfConnection);
                policy.Immediate(int.MaxValue);
            });
        }

        public override IRetryPolicy ReceiveTransportRetryPolicy { get; }

        public override IRetryPolicy SendTransportRetryPolicy { get; }
    }
}
