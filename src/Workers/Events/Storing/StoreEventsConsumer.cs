using BusIngest.Bus.Delivery;
using BusIngest.Bus.Inbox;
using BusIngest.Contracts.Events;
using MassTransit;

namespace BusIngest.Workers.Events.Storing;

/// <summary>Stores the events of a chunk, each id once, and what summaries need of them in the same transaction.</summary>
internal sealed class StoreEventsConsumer(IEventStore store, StoredSignal signal, InboxOptions inbox, TimeProvider time) : IConsumer<EventRecorded>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<EventRecorded> context)
    {
        var events = StorableEvents.Of(context.Message, context.MessageId ?? Guid.NewGuid(), time.GetUtcNow(), inbox.MarkRetention);
        var transaction = context.Transaction();
        var stored = signal.Storing(events);
        // A repeat as well: what followed the first commit may have been cut off by a kill.
        transaction.WhenOver(_ => stored());
        await store.StoreAsync(transaction, events, context.CancellationToken);
    }
}
