using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Events.Storing;

/// <summary>Stores events in one of the databases.</summary>
internal interface IEventStore
{
    /// <summary>Has a chunk's transaction store what is not stored yet.</summary>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    Task StoreAsync(ConsumerTransaction transaction, StorableEvents events, CancellationToken cancellationToken);
}
