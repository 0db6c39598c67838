using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Delivery.Tracking;

/// <summary>Looks for the mark or the failure of a message.</summary>
internal interface IMarkLookup
{
    /// <summary>Consumed, failed, or neither: unknown.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    ValueTask<MessageStanding> FindAsync(Guid messageId, string endpoint, CancellationToken cancellationToken);
}
