using BusIngest.Bus;
using BusIngest.Bus.Copies;
using BusIngest.Bus.Inbox;
using BusIngest.Bus.Progress;
using BusIngest.Bus.Retention;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Telemetry;
using BusIngest.Contracts.Timers;
using BusIngest.Workers.Net;
using BusIngest.Workers.Timers.Attempts;
using BusIngest.Workers.Timers.Copies;
using BusIngest.Workers.Timers.Delivering;
using BusIngest.Workers.Timers.Webhooks;
using BusIngest.Workers.Timers.Webhooks.Calls;
using BusIngest.Workers.Timers.Webhooks.Gates;
using BusIngest.Workers.Timers.Webhooks.Signing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BusIngest.Workers.Timers;

/// <summary>Registers the timers' webhooks.</summary>
public static class TimersRegistration
{
    /// <summary>Adds what the timers' consumers need of the container.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="webhooks">How webhooks are called.</param>
    public static IServiceCollection AddTimers(this IServiceCollection services, WebhookOptions webhooks)
    {
        Meters.Prepare(typeof(TimerMetrics));
        services.TryAddSingleton(TimeProvider.System);
        services.AddDatabasePart<TimersContext>();
        services.AddRecord(TimersJson.Default.CreateTimer, TimersJson.Default.CreateTimerArray);
        services.AddSingleton(new InFlightLimit(DeliverWebhookDefinition.Queue, DeliverWebhookDefinition.AtOnce));
        services.TryAddSingleton<IHostResolver, SystemResolver>();
        return services
            .AddWorkWatch()
            .AddSingleton(webhooks)
            .AddSingleton<WebhookSecret>()
            .AddSingleton<SigningSecrets>()
            .AddSingleton<WebhookClient>()
            .AddSingleton<Redirects>()
            .AddSingleton<WebhookCall>()
            .AddSingleton<ResponseExcerpts>()
            .AddSingleton<HostAddresses>()
            .AddSingleton<HostGates>()
            .AddSingleton<WebhookSender>()
            .AddHostedService<SecretAtStart>();
    }

    /// <summary>Lets the timers be copied, where documents are.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="kind">The kind of their sagas.</param>
    public static IServiceCollection AddTimerCopies(this IServiceCollection services, string kind)
    {
        var timers = new CopiedSagas(kind, "timers");
        return services.AddSingleton(timers).AddSingleton<ICopySource>(provider => new TimerDocuments(provider.GetRequiredService<ISagaDocuments>(), timers));
    }

    /// <summary>Has old calls of webhooks forgotten.</summary>
    public static RetiredTable RetiredAttempts(TimeSpan keepFor) => new("timer_attempts", "seq", "started_at", keepFor);

    /// <summary>Adds the consumers of the timers.</summary>
    /// <param name="bus">Where to.</param>
    public static void AddTimerConsumers(this IBusRegistrationConfigurator bus) => bus.AddConsumer<DeliverWebhookConsumer, DeliverWebhookDefinition>();
}
