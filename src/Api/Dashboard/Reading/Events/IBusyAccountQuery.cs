using BusIngest.Bus.Storage;

namespace BusIngest.Api.Dashboard.Reading.Events;

/// <summary>Looks for the accounts that have the most events: a range of the buckets for each account that there is.</summary>
internal interface IBusyAccountQuery
{
    /// <summary>The busiest, the busiest first, by the buckets of whole hours.</summary>
    /// <param name="firstHour">The first hour that counts, since 1970.</param>
    /// <param name="endHour">The first hour that does not count any more.</param>
    /// <param name="limit">The most.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    Task<IReadOnlyList<BusyAccount>> ListAsync(long firstHour, long endHour, int limit, CancellationToken cancellationToken);
}
