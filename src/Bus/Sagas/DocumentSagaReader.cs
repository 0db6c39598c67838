using MassTransit.Middleware;
using MassTransit.Saga;

namespace BusIngest.Bus.Sagas;

/// <summary>Reads sagas as they are on disk.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class DocumentSagaReader<TSaga>(SagaStore<TSaga> store, CancellationToken cancellationToken)
    : BasePipeContext(cancellationToken), LoadSagaRepositoryContext<TSaga>
    where TSaga : class, ISagaDocument
{
    /// <inheritdoc />
    public Task<TSaga> Load(Guid correlationId)
    {
        var snapshot = store.Read(correlationId);
        return Task.FromResult(snapshot.Exists ? store.Deserialize(snapshot) : null!);
    }
}
