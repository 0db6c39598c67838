using BusIngest.Bus.Outbox;
using BusIngest.Bus.Supervision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Redis;

/// <summary>Registers what goes over Redis.</summary>
public static class RedisRegistration
{
    /// <summary>Adds the connection to the master, the cache and the health check. Before the bus, so that its consumers find it started.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">Where Redis is.</param>
    public static IServiceCollection AddRedis(this IServiceCollection services, RedisOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Supervisor>();
        services.AddSingleton(options).AddSingleton<RedisMaster>().AddSingleton<DurableWrites>();
        services.AddSingleton(provider => new RedisCache(
            provider.GetRequiredService<RedisMaster>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RedisCache>>()));
        services.AddSingleton(provider => new RedisNews(
            provider.GetRequiredService<RedisMaster>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RedisNews>>()));
        services.AddHostedService(provider => provider.GetRequiredService<RedisMaster>());
        services.AddHealthChecks().Add(new("redis", provider => new RedisHealthCheck(provider.GetRequiredService<RedisMaster>()), failureStatus: null, tags: null));
        return services;
    }

    /// <summary>Makes a runner of scripts, with troubles of its own.</summary>
    /// <param name="services">The container, with Redis in it.</param>
    /// <param name="whatNow">What happens while Redis is away; it is logged once each time, with the reason.</param>
    /// <typeparam name="TFor">Who runs them; its name is the log's.</typeparam>
    public static RedisScripts CreateScripts<TFor>(this IServiceProvider services, string whatNow) => new(
        services.GetRequiredService<RedisMaster>(),
        services.GetRequiredService<TimeProvider>(),
        whatNow,
        services.GetRequiredService<ILogger<TFor>>());

    /// <summary>Makes the stream the outbox's primary lane.</summary>
    internal static IServiceCollection AddRedisLane(this IServiceCollection services) => services.AddSingleton<IPrimaryLane, RedisLane>();

    /// <summary>Relays the stream to the bus from this process. After the bus, so that it starts when the bus is up and stops before it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="forwarder">What hands a message to the bus: over a broker, to the broker; in one process, <see cref="Inbox.InProcessForwarder"/>.</param>
    internal static IServiceCollection AddRedisRelay(this IServiceCollection services, Func<IServiceProvider, IMessageForwarder> forwarder)
    {
        services.AddSingleton<RelayedEntries>();
        services.TryAddSingleton<Inbox.InProcessForwarder>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<RedisRelay>(
            provider, ActivatorUtilities.CreateInstance<EntryForwarder>(provider, forwarder(provider))));
        return services;
    }
}
