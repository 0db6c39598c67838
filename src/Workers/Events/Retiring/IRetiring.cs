using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Events.Retiring;

/// <summary>Deletes events that are past their retention, a little at a time.</summary>
internal interface IRetiring
{
    /// <summary>Deletes what is older. Summaries do not count it any more before the first of it goes.</summary>
    /// <param name="before">The first moment that may be needed; rounded down to what can be deleted at once.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    Task RetireAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
