using System.Text.Json;
using System.Text.Json.Serialization;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Storage;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Transports;

/// <summary>MassTransit over its in-memory transport, every endpoint with retries, failures kept, and subscriptions known.</summary>
internal static class InProcessTransport
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    public static void AddInProcessTransport(
        this IServiceCollection services, RetryOptions retry, Action<IBusRegistrationConfigurator> configure)
    {
        services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = true;
            host.StopTimeout = StopTimeout;
        });
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            bus.AddConfigureEndpointsCallback((context, name, endpoint) => Configure(context, name, endpoint, retry));
            bus.AddConsumer<ScheduleMessageConsumer, ScheduleMessageDefinition>();
            configure(bus);
            bus.UsingInMemory((context, transport) =>
            {
                transport.ConfigureJsonSerializerOptions(Compact);
                var time = context.GetRequiredService<TimeProvider>();
                transport.UseFilter(new SchedulerFilter(
                    context.GetRequiredService<SubscriptionMap>(), context.GetRequiredService<IScheduledMessages>(), time));
                // In the order of time, unlike MassTransit's own: they fall into an index side by side.
                transport.ConfigureSend(send => send.UseExecute(sent => sent.MessageId = Guid.CreateVersion7(time.GetUtcNow())));
                transport.ConnectReceiveObserver(context.GetRequiredService<DeliveryOutcomes>());
                transport.ConfigureEndpoints(context);
            });
        });
    }

    /// <summary>An envelope is kept a few times on its way; without line breaks and nulls it is half as long.</summary>
    private static JsonSerializerOptions Compact(JsonSerializerOptions options) =>
        new(options) { WriteIndented = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static void Configure(IRetryConfigurator tries, RetryOptions retry)
    {
        // The pump delivers again for as long as a store is out of reach; trying at once would only spin.
        tries.Ignore<StorageUnavailableException>();
        tries.Intervals([.. Enumerable.Repeat(TimeSpan.Zero, retry.Immediate), .. retry.Spaced]);
    }

    private static void Configure(IRegistrationContext context, string name, IReceiveEndpointConfigurator endpoint, RetryOptions retry)
    {
        var subscriptions = new SubscriptionObserver(name, context.GetRequiredService<SubscriptionMap>());
        endpoint.ConnectConsumerConfigurationObserver(subscriptions);
        endpoint.ConnectSagaConfigurationObserver(subscriptions);

        var failures = context.GetRequiredService<FailedMessages>();
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(pipe =>
        {
            pipe.UseFilter(new KeepFailedMessages(failures));
            pipe.UseFilter(new GenerateFaultFilter());
        });
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(new KeepSkippedMessages(failures)));
        if (retry.Count > 0)
            endpoint.UseMessageRetry(tries => Configure(tries, retry));
        TransactionConfiguration.Apply(endpoint, context);
    }
}
