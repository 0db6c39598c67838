using BusIngest.Bus.Failures;
using BusIngest.Bus.Inbox;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Transports;

/// <summary>MassTransit over its in-memory transport: one process serves all roles.</summary>
internal static class InProcessTransport
{
    public static void AddInProcessTransport(
        this IServiceCollection services, RetryOptions retry, Action<IBusRegistrationConfigurator> configure) =>
        services.AddBusEndpoints(retry, waitUntilStarted: true, configure, bus => bus.UsingInMemory((context, transport) =>
        {
            BusEndpoints.Configure(transport, context);
            transport.ConnectReceiveObserver(context.GetRequiredService<DeliveryOutcomes>());
            transport.ConfigureEndpoints(context);
        }));
}
