using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Events;

/// <summary>Tells how many events of a stored message were known before.</summary>
public interface IRepeatedEvents
{
    /// <summary>Counts them.</summary>
    /// <param name="messageId">A message that is stored.</param>
    /// <param name="first">The place of the first event that counts, from 0.</param>
    /// <param name="count">How many count.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    Task<int> CountAsync(Guid messageId, int first, int count, CancellationToken cancellationToken);
}
