using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace BusIngest.Bus.Sagas;

/// <summary>One event at its saga. What is kept is written by the transaction of the event's message.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
/// <typeparam name="T">The event.</typeparam>
internal sealed class DocumentSagaRepositoryContext<TSaga, T>(
    SagaStore<TSaga> store, SagaTurn<TSaga> turn, ConsumeContext<T> context, ISagaConsumeContextFactory<SagaStore<TSaga>, TSaga> contexts)
    : ConsumeContextScope<T>(context), SagaRepositoryContext<TSaga, T>
    where TSaga : class, ISagaDocument
    where T : class
{
    private readonly ConsumeContext<T> _context = context;

    /// <inheritdoc />
    public Task<SagaConsumeContext<TSaga, T>> Add(TSaga instance) => CreateSagaConsumeContext(_context, instance, SagaConsumeContextMode.Add);

    /// <inheritdoc />
    public Task<SagaConsumeContext<TSaga, T>> Insert(TSaga instance) =>
        turn.Load() is null ? CreateSagaConsumeContext(_context, instance, SagaConsumeContextMode.Insert) : Task.FromResult<SagaConsumeContext<TSaga, T>>(null!);

    /// <inheritdoc />
    public Task<SagaConsumeContext<TSaga, T>> Load(Guid correlationId) =>
        turn.Load() is { } saga
            ? CreateSagaConsumeContext(_context, saga, SagaConsumeContextMode.Load)
            : Task.FromResult<SagaConsumeContext<TSaga, T>>(null!);

    /// <inheritdoc />
    public Task Save(SagaConsumeContext<TSaga> context) => Keep(context.Saga);

    /// <inheritdoc />
    public Task Update(SagaConsumeContext<TSaga> context) => Keep(context.Saga);

    /// <inheritdoc />
    public Task Delete(SagaConsumeContext<TSaga> context)
    {
        turn.Delete();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Discard(SagaConsumeContext<TSaga> context) => Leave();

    /// <inheritdoc />
    public Task Undo(SagaConsumeContext<TSaga> context) => Leave();

    /// <inheritdoc />
    public Task<SagaConsumeContext<TSaga, TMessage>> CreateSagaConsumeContext<TMessage>(
        ConsumeContext<TMessage> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where TMessage : class => contexts.CreateSagaConsumeContext(store, consumeContext, instance, mode);

    private Task Leave()
    {
        turn.Confirm();
        return Task.CompletedTask;
    }

    private Task Keep(TSaga saga)
    {
        turn.Save(saga);
        return Task.CompletedTask;
    }
}
