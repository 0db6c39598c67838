using System.Text.Json.Serialization.Metadata;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Sagas.Remote;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Sagas.Mongo;

/// <summary>Registers the repository in MongoDB, in the way of MassTransit's own persistence packages.</summary>
public static class MongoSagaRegistration
{
    /// <summary>Keeps a saga in MongoDB; with a weaker promise than the main database's, see docs/mongodb.md.</summary>
    /// <typeparam name="TSaga">The saga.</typeparam>
    /// <param name="configurator">What AddSagaStateMachine gave.</param>
    /// <param name="kind">The name under which sagas of this kind are kept and listed: letters, digits and dashes.</param>
    /// <param name="json">How one is written: in camelCase.</param>
    public static ISagaRegistrationConfigurator<TSaga> MongoRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator, string kind, JsonTypeInfo<TSaga> json)
        where TSaga : class, ISagaDocument => configurator.KeepIn(
            kind,
            json,
            services => services.AddSingleton(new RemoteSagaKind(kind, typeof(MongoSagas))),
            services => ActivatorUtilities.CreateInstance<RemoteSagaStore<TSaga>>(services, services.GetRequiredService<MongoSagaDocuments>()));

    /// <summary>Adds what sagas in MongoDB need.</summary>
    internal static IServiceCollection AddMongoSagas(this IServiceCollection services) => services
        .AddSingleton<MongoSagaDocuments>()
        .AddSingleton(provider => new MongoSagas(provider.GetRequiredService<MongoServer>(), provider.GetServices<RemoteSagaKind>()))
        .AddSingleton<IKeptSagas>(provider => provider.GetRequiredService<MongoSagas>());
}
