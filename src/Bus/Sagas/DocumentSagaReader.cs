using MassTransit.Middleware;
using MassTransit.Saga;

namespace BusIngest.Bus.Sagas;

/// <summary>Reads sagas as they are on disk.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class DocumentSagaReader<TSaga>(ISagaStore<TSaga> store, CancellationToken cancellationToken)
    : BasePipeContext(cancellationToken), LoadSagaRepositoryContext<TSaga>
    where TSaga : class, ISagaDocument
{
    /// <inheritdoc />
    public async Task<TSaga> Load(Guid correlationId) => (await store.ReadAsync(correlationId, CancellationToken))!;
}
