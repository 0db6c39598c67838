using System.Text.Json.Serialization.Metadata;
using BusIngest.Bus.Storage;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;

namespace BusIngest.Bus.Sagas;

/// <summary>Registers the repository, in the way of MassTransit's own persistence packages.</summary>
public static class DocumentSagaRegistration
{
    /// <summary>Keeps a saga as one JSON document a saga in the main database, with its state, version and history.</summary>
    /// <typeparam name="TSaga">The saga.</typeparam>
    /// <param name="configurator">What AddSagaStateMachine gave.</param>
    /// <param name="kind">The name under which sagas of this kind are kept and listed: letters, digits and dashes.</param>
    /// <param name="json">How one is written: in camelCase.</param>
    public static ISagaRegistrationConfigurator<TSaga> DocumentRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator, string kind, JsonTypeInfo<TSaga> json)
        where TSaga : class, ISagaDocument => configurator.KeepIn(
            kind,
            json,
            _ => { },
            services => services.GetRequiredService<IMainDatabase>().IsPostgres
                ? ActivatorUtilities.CreateInstance<PostgresSagaStore<TSaga>>(services)
                : ActivatorUtilities.CreateInstance<SqliteSagaStore<TSaga>>(services));

    /// <summary>Keeps a saga as a document somewhere.</summary>
    /// <typeparam name="TSaga">The saga.</typeparam>
    /// <param name="configurator">What AddSagaStateMachine gave.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="json">How one is written.</param>
    /// <param name="configure">Adds more to the container.</param>
    /// <param name="store">Makes the place.</param>
    internal static ISagaRegistrationConfigurator<TSaga> KeepIn<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator,
        string kind,
        JsonTypeInfo<TSaga> json,
        Action<IServiceCollection> configure,
        Func<IServiceProvider, ISagaStore<TSaga>> store)
        where TSaga : class, ISagaDocument => configurator.Repository(repository =>
        {
            var services = (IServiceCollection)repository;
            services.AddSingleton(SagaKind.Of<TSaga>(kind)).AddSingleton(new DocumentSagaOptions<TSaga>(kind, json)).AddSingleton(store).AddSingleton<SagaChanges<TSaga>>();
            configure(services);
            repository.RegisterSagaRepository<
                TSaga, ISagaStore<TSaga>, SagaConsumeContextFactory<ISagaStore<TSaga>, TSaga>, DocumentSagaRepositoryContextFactory<TSaga>>();
            repository.RegisterLoadSagaRepository<TSaga, DocumentSagaRepositoryContextFactory<TSaga>>();
        });
}
