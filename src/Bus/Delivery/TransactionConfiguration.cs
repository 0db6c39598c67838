using BusIngest.Bus.Transports;
using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Delivery;

/// <summary>Puts a <see cref="TransactionFilter{T}"/> around every message of an endpoint.</summary>
internal sealed class TransactionConfiguration : ConfigurationObserver, IMessageConfigurationObserver
{
    private readonly IRegistrationContext _context;

    private TransactionConfiguration(IConsumePipeConfigurator endpoint, IRegistrationContext context)
        : base(endpoint)
    {
        _context = context;
        Connect(this);
    }

    /// <summary>
    /// Does it, from here on inwards. Retries that were added before start a new transaction with each try; for those that a definition
    /// adds, further in, there is the <see cref="AttemptFilter{TConsumer,T}"/>.
    /// </summary>
    public static void Apply(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        _ = new TransactionConfiguration(endpoint, context);
        endpoint.ConnectConsumerConfigurationObserver(new AttemptConfiguration());
    }

    /// <inheritdoc />
    public void MessageConfigured<TMessage>(IConsumePipeConfigurator configurator)
        where TMessage : class => configurator.AddPipeSpecification(new FilterPipeSpecification<ConsumeContext<TMessage>>(
            new TransactionFilter<TMessage>(
                _context.GetRequiredService<ConsumerInbox>(),
                _context.GetRequiredService<SubscriptionMap>(),
                _context.GetRequiredService<TimeProvider>(),
                _context)));
}
