using System.Diagnostics;
using BusIngest.Bus.Delivery;
using BusIngest.Bus.Telemetry;
using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace BusIngest.Bus.Sagas;

/// <summary>One event at its saga. What is kept is written by the transaction of the event's message.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
/// <typeparam name="T">The event.</typeparam>
internal sealed class DocumentSagaRepositoryContext<TSaga, T>(
    ISagaStore<TSaga> store,
    ISagaTurn<TSaga> turn,
    SagaChanges<TSaga> changes,
    ConsumeContext<T> context,
    ISagaConsumeContextFactory<ISagaStore<TSaga>, TSaga> contexts)
    : ConsumeContextScope<T>(context), SagaRepositoryContext<TSaga, T>
    where TSaga : class, ISagaDocument
    where T : class
{
    private readonly ConsumeContext<T> _context = context;

    /// <inheritdoc />
    public Task<SagaConsumeContext<TSaga, T>> Add(TSaga instance) => CreateSagaConsumeContext(_context, instance, SagaConsumeContextMode.Add);

    /// <inheritdoc />
    public async Task<SagaConsumeContext<TSaga, T>> Insert(TSaga instance) =>
        await turn.LoadAsync() is null ? await CreateSagaConsumeContext(_context, instance, SagaConsumeContextMode.Insert) : null!;

    /// <inheritdoc />
    public async Task<SagaConsumeContext<TSaga, T>> Load(Guid correlationId) =>
        await turn.LoadAsync() is { } saga ? await CreateSagaConsumeContext(_context, saga, SagaConsumeContextMode.Load) : null!;

    /// <inheritdoc />
    public Task Save(SagaConsumeContext<TSaga> context) => KeepAsync(context.Saga);

    /// <inheritdoc />
    public Task Update(SagaConsumeContext<TSaga> context) => KeepAsync(context.Saga);

    /// <inheritdoc />
    public async Task Delete(SagaConsumeContext<TSaga> context)
    {
        await turn.DeleteAsync();
        changes.Note(_context.Transaction(), context.Saga.CorrelationId);
    }

    /// <inheritdoc />
    public Task Discard(SagaConsumeContext<TSaga> context) => Leave();

    /// <inheritdoc />
    public Task Undo(SagaConsumeContext<TSaga> context) => Leave();

    /// <inheritdoc />
    public Task<SagaConsumeContext<TSaga, TMessage>> CreateSagaConsumeContext<TMessage>(
        ConsumeContext<TMessage> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where TMessage : class => contexts.CreateSagaConsumeContext(store, consumeContext, instance, mode);

    /// <summary>The span of the event's message tells where it led to.</summary>
    private static void Trace(TSaga saga)
    {
        if (Tracing.IsOn)
            Activity.Current?.SetTag("busingest.saga.id", saga.CorrelationId.ToString()).SetTag("busingest.saga.state", saga.CurrentState);
    }

    private async Task KeepAsync(TSaga saga)
    {
        Trace(saga);
        if (await turn.SaveAsync(saga))
            changes.Note(_context.Transaction(), saga.CorrelationId);
    }

    private Task Leave()
    {
        turn.Leave();
        return Task.CompletedTask;
    }
}
