using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Delivery;

/// <summary>Deletes rows that are past their retention, a few at a time.</summary>
/// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
internal interface IRetiredRows
{
    /// <summary>Deletes marks that are older.</summary>
    /// <returns>How many, at most <paramref name="limit"/>.</returns>
    Task<int> DeleteMarksAsync(DateTimeOffset olderThan, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes idempotency keys that are older.</summary>
    /// <returns>How many, at most <paramref name="limit"/>.</returns>
    Task<int> DeleteKeysAsync(DateTimeOffset olderThan, int limit, CancellationToken cancellationToken);
}
