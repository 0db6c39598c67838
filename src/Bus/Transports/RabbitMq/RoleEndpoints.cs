using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusIngest.Bus.Transports.RabbitMq;

/// <summary>Serves the endpoints of a process's roles, and knows those of all others.</summary>
internal static class RoleEndpoints
{
    /// <summary>Configures them.</summary>
    public static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator transport, Roles roles)
    {
        var overrides = context.GetServices<EndpointRole>().ToDictionary(role => role.Queue, role => role.Role, StringComparer.Ordinal);
        var others = All(context)
            .Where(endpoint => !roles.HasFlag(overrides.GetValueOrDefault(endpoint.Queue, endpoint.Usually)))
            .Select(endpoint => endpoint.Type)
            .ToArray();
        context.ConfigureEndpoints(transport, endpointNameFormatter: null, filter => filter.Exclude(others));

        KnowOthers(context);
    }

    /// <summary>The map of subscriptions has to know all: what they consume comes out when MassTransit configures them, here on a bus that never starts.</summary>
    private static void KnowOthers(IBusRegistrationContext context)
    {
        // Or the log would say that this process serves them.
        var log = LogContext.Current;
        LogContext.ConfigureCurrentLogContext(NullLoggerFactory.Instance);
        try
        {
            MassTransit.Bus.Factory.CreateUsingInMemory(others => context.ConfigureEndpoints(others, endpointNameFormatter: null));
        }
        finally
        {
            LogContext.Current = log;
        }
    }

    private static IEnumerable<(Type Type, string Queue, Roles Usually)> All(IBusRegistrationContext context)
    {
        var names = context.EndpointNameFormatter;
        return context.GetServices<IConsumerRegistration>()
            .Select(consumer => (consumer.Type, consumer.GetDefinition(context).GetEndpointName(names), Roles.Workers))
            .Concat(context.GetServices<ISagaRegistration>()
                .Select(saga => (saga.Type, saga.GetDefinition(context).GetEndpointName(names), Roles.Sagas)));
    }
}
