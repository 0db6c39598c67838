using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Events.Reading;

/// <summary>Tells up to when everything that was accepted is stored.</summary>
internal interface ICompleteUntil
{
    /// <summary>The moment; what was accepted before it is stored by the time that the task completes, or among the failed messages.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    ValueTask<DateTimeOffset> ReadAsync(CancellationToken cancellationToken);
}
