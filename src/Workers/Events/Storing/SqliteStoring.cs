using BusIngest.Bus.Delivery;

namespace BusIngest.Workers.Events.Storing;

/// <inheritdoc />
internal sealed class SqliteStoring(SqliteEventStore store) : IEventStore
{
    public Task StoreAsync(ConsumerTransaction transaction, StorableEvents events, CancellationToken cancellationToken)
    {
        transaction.Write(events.Events.Count, session => store.Store(session, events));
        return Task.CompletedTask;
    }
}
