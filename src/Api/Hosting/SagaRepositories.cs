using System.Text.Json.Serialization.Metadata;
using BusIngest.Api.Configuration;
using BusIngest.Bus.Sagas;
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
        if (repository == SagaRepository.Redis)
            saga.RedisRepository(kind, json);
        else
            saga.DocumentRepository(kind, json);
    }
}
