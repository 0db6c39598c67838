using BusIngest.Bus.Copies;
using BusIngest.Bus.Delivery;

namespace BusIngest.Bus.Sagas;

/// <summary>Notes that sagas of one kind change, if copies of them are kept.</summary>
/// <typeparam name="TSaga">The saga.</typeparam>
internal sealed class SagaChanges<TSaga>(DocumentSagaOptions<TSaga> options, IEnumerable<CopiedSagas> copied, DocumentChanges changes)
    where TSaga : class, ISagaDocument
{
    private readonly string? _collection = copied.FirstOrDefault(kind => string.Equals(kind.Kind, options.Kind, StringComparison.Ordinal))?.Collection;

    /// <summary>Notes it with the event's effects.</summary>
    public void Note(ConsumerTransaction transaction, Guid correlationId)
    {
        if (_collection is not null)
            changes.Note(transaction, _collection, correlationId);
    }
}
