using BusIngest.Bus.Storage;

namespace BusIngest.Workers.Events;

/// <summary>Names some accounts that have events.</summary>
public interface IAccountSample
{
    /// <summary>Draws accounts: a run of neighbours in the order in which they were first heard of, from a random one on.</summary>
    /// <param name="limit">How many, at least 1; fewer when there are not so many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Their ids, each once.</returns>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    Task<IReadOnlyList<string>> DrawAsync(int limit, CancellationToken cancellationToken);
}
