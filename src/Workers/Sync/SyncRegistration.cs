using BusIngest.Bus;
using BusIngest.Bus.Storage;
using BusIngest.Workers.Net;
using BusIngest.Workers.Sync.Credentials;
using BusIngest.Workers.Sync.Fetching;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Sources;
using BusIngest.Workers.Sync.Storing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BusIngest.Workers.Sync;

/// <summary>Registers the pulling of remote APIs.</summary>
public static class SyncRegistration
{
    /// <summary>Adds what the consumers need of the container.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">What can be pulled, and how.</param>
    /// <param name="roles">What the process does.</param>
    public static IServiceCollection AddSync(this IServiceCollection services, SyncOptions options, Roles roles = Roles.All)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddDatabasePart<SyncContext>();
        services.TryAddSingleton<IHostResolver, SystemResolver>();
        return services
            .AddSingleton(options)
            .AddSingleton<SealKeys>()
            .AddSingleton<FormerSealKeys>()
            .AddSingleton(provider => new KeySeal(provider.GetRequiredService<SealKeys>(), provider.GetRequiredService<FormerSealKeys>()))
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<SealKeyCheck>(provider, roles))
            .AddSingleton<PullSources>()
            .AddSingleton<SyncClaims>()
            .AddSingleton<PassTrails>()
            .AddSingleton(_ => new PagesInHand(options.Limits.BytesInHand))
            .AddSingleton<PageHttp>()
            .AddSingleton<PageClient>();
    }

    /// <summary>Adds the consumers.</summary>
    /// <param name="bus">Where to.</param>
    public static void AddSyncConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<FetchPageConsumer, FetchPageDefinition>();
        bus.AddConsumer<HaltSyncConsumer, HaltSyncDefinition>();
        bus.AddConsumer<ForgetPaceConsumer, ForgetPaceDefinition>();
    }
}
