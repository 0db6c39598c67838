using System.Text.Json;
using System.Text.Json.Serialization;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Failures;
using BusIngest.Bus.Requests;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Telemetry;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Transports;

/// <summary>What every transport has: endpoints with retries, failures kept, a transaction around each consumer, and subscriptions known.</summary>
internal static class BusEndpoints
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds MassTransit.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="retry">Consumers' retries.</param>
    /// <param name="waitUntilStarted">Whether the host's start waits for the bus.</param>
    /// <param name="configure">Adds consumers and sagas.</param>
    /// <param name="use">Chooses the transport, and ends with <see cref="Configure(IBusFactoryConfigurator,IBusRegistrationContext)"/>.</param>
    public static void AddBusEndpoints(
        this IServiceCollection services,
        RetryOptions retry,
        bool waitUntilStarted,
        Action<IBusRegistrationConfigurator> configure,
        Action<IBusRegistrationConfigurator> use)
    {
        services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = waitUntilStarted;
            host.StopTimeout = StopTimeout;
        });
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            bus.AddConfigureEndpointsCallback((context, name, endpoint) => Configure(context, name, endpoint, retry));
            bus.AddConsumer<ScheduleMessageConsumer, ScheduleMessageDefinition>();
            bus.AddSendObserver(provider => provider.GetRequiredService<RequestDeadlines>());
            bus.AddPublishObserver(provider => provider.GetRequiredService<RequestDeadlines>());
            configure(bus);
            use(bus);
        });
    }

    /// <summary>Sets up what all messages of a bus have in common.</summary>
    public static void Configure(IBusFactoryConfigurator transport, IBusRegistrationContext context)
    {
        transport.ConfigureJsonSerializerOptions(Compact);
        var time = context.GetRequiredService<TimeProvider>();
        transport.UseFilter(new SchedulerFilter(
            context.GetRequiredService<SubscriptionMap>(), context.GetRequiredService<IScheduledMessages>(), time));
        // In the order of time, unlike MassTransit's own: they fall into an index side by side.
        transport.ConfigureSend(send => send.UseExecute(sent =>
        {
            sent.MessageId = Guid.CreateVersion7(time.GetUtcNow());
            TraceHeaders.Write(sent.Headers);
        }));
        // Requests that name no endpoint are published.
        transport.ConfigurePublish(publish => publish.UseExecute(sent => TraceHeaders.Write(sent.Headers)));
    }

    /// <summary>An envelope is kept a few times on its way; without line breaks and nulls it is half as long.</summary>
    private static JsonSerializerOptions Compact(JsonSerializerOptions options) =>
        new(options) { WriteIndented = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static void Configure(IRetryConfigurator tries, RetryOptions retry)
    {
        // What delivers waits for as long as a store is out of reach; trying at once would only spin.
        tries.Ignore<Exception>(EnvironmentFailures.IsOne);
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
