using BusIngest.Bus.Storage;

namespace BusIngest.Api.Dashboard.Reading.Events;

/// <summary>Counts the events by where they are.</summary>
internal interface IEventCounts
{
    /// <summary>The counts as of one moment.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    Task<EventCounts> ReadAsync(CancellationToken cancellationToken);
}
