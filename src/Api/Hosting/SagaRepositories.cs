using System.Text.Json.Serialization.Metadata;
using BusIngest.Api.Configuration;
using BusIngest.Bus.Sagas;
using BusIngest.Bus.Sagas.Mongo;
using BusIngest.Bus.Sagas.Redis;
using MassTransit;

namespace BusIngest.Api.Hosting;

/// <summary>Chooses where sagas are kept.</summary>
internal static class SagaRepositories
{
    /// <summary>Keeps a saga where the setting says.</summary>
    public static void KeepIn<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> saga, SagaRepository repository, string kind, JsonTypeInfo<TSaga> json)
        where TSaga : class, ISagaDocument
    {
        switch (repository)
        {
            case SagaRepository.Redis:
                saga.RedisRepository(kind, json);
                break;
            case SagaRepository.Mongo:
                saga.MongoRepository(kind, json);
                break;
            default:
                saga.DocumentRepository(kind, json);
                break;
        }
    }
}
