using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Events;

/// <summary>Reads summaries of accounts from the database, each as of one moment. It keeps none.</summary>
public interface ISummaryReader
{
    /// <summary>How many users a summary names.</summary>
    const int TopUsers = 10;

    /// <summary>Sums up an account's events.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="from">The first moment that counts, to the millisecond.</param>
    /// <param name="to">The first moment that does not count any more; not before <paramref name="from"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
#pragma warning disable CA1716 // A keyword in Visual Basic; here it is the plain word.
    Task<AccountSummary> ReadAsync(string accountId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
#pragma warning restore CA1716
}
