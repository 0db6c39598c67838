using MassTransit;

namespace BusIngest.Bus.Sagas;

/// <summary>The sagas of one kind, wherever they are kept.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal interface ISagaStore<TSaga>
    where TSaga : class, ISagaDocument
{
    /// <summary>Waits for an event's turn at a saga, which ends with the event's transaction.</summary>
    Task<ISagaTurn<TSaga>> EnterAsync(Guid correlationId, ConsumeContext context, string eventName);

    /// <summary>Reads a saga as it is on disk; null when there is none.</summary>
    Task<TSaga?> ReadAsync(Guid correlationId, CancellationToken cancellationToken);
}
