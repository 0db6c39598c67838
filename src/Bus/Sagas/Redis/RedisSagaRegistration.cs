using System.Text.Json.Serialization.Metadata;
using BusIngest.Bus.Redis;
using BusIngest.Bus.Sagas.Remote;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Sagas.Redis;

/// <summary>Registers the repository in Redis, in the way of MassTransit's own persistence packages.</summary>
public static class RedisSagaRegistration
{
    /// <summary>Keeps a saga in Redis; with a weaker promise than the main database's, see docs/redis.md.</summary>
    /// <typeparam name="TSaga">The saga.</typeparam>
    /// <param name="configurator">What AddSagaStateMachine gave.</param>
    /// <param name="kind">The name under which sagas of this kind are kept and listed: letters, digits and dashes.</param>
    /// <param name="json">How one is written: in camelCase.</param>
    public static ISagaRegistrationConfigurator<TSaga> RedisRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator, string kind, JsonTypeInfo<TSaga> json)
        where TSaga : class, ISagaDocument => configurator.KeepIn(
            kind,
            json,
            services => services.AddSingleton(new RemoteSagaKind(kind, typeof(RedisSagas))),
            services => ActivatorUtilities.CreateInstance<RemoteSagaStore<TSaga>>(services, services.GetRequiredService<RedisSagaHashes>()));

    /// <summary>Adds what sagas in Redis need.</summary>
    internal static IServiceCollection AddRedisSagas(this IServiceCollection services) => services
        .AddSingleton<RedisSagaHashes>()
        .AddSingleton(provider => new RedisSagas(
            provider.GetRequiredService<RedisMaster>(), provider.GetServices<RemoteSagaKind>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IKeptSagas>(provider => provider.GetRequiredService<RedisSagas>());
}
