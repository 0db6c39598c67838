using BusIngest.Bus.Delivery;
using MassTransit;
using MassTransit.Saga;

namespace BusIngest.Bus.Sagas;

/// <summary>The repository of sagas that are kept as documents, as MassTransit asks for it.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class DocumentSagaRepositoryContextFactory<TSaga>(
    ISagaStore<TSaga> store, SagaChanges<TSaga> changes, ISagaConsumeContextFactory<ISagaStore<TSaga>, TSaga> contexts)
    : ISagaRepositoryContextFactory<TSaga>, ILoadSagaRepositoryContextFactory<TSaga>
    where TSaga : class, ISagaDocument
{
    /// <inheritdoc />
    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class => context.Transaction().TryAsync(async () =>
        {
            var turn = await store.EnterAsync(context.CorrelationId!.Value, context, typeof(T).Name);
            await next.Send(new DocumentSagaRepositoryContext<TSaga, T>(store, turn, changes, context, contexts));
        });

    /// <inheritdoc />
    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class => throw new SagaException(
            "Sagas that are kept as documents are found by their id alone: correlate the event with CorrelateById.", typeof(TSaga), typeof(T));

    /// <inheritdoc />
    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => asyncMethod(new DocumentSagaReader<TSaga>(store, cancellationToken));

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.Add("persistence", "document");
}
