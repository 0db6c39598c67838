using BusIngest.Bus.Storage;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Events;

/// <summary>Where the route takes summaries from: the place for a cache.</summary>
internal interface ISummaries
{
    /// <summary>A summary.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="window">The window.</param>
    /// <param name="fresh">Whether it must have what was stored until the call: no cache may answer that is not sure of that.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    Task<AccountSummary> ReadAsync(string accountId, SummaryWindow window, bool fresh, CancellationToken cancellationToken);
}

/// <summary>Takes each from the database.</summary>
internal sealed class StoredSummaries(ISummaryReader reader, TimeProvider time) : ISummaries
{
    public Task<AccountSummary> ReadAsync(string accountId, SummaryWindow window, bool fresh, CancellationToken cancellationToken)
    {
        var (from, to) = window.At(time.GetUtcNow());
        return reader.ReadAsync(accountId, from, to, cancellationToken);
    }
}
