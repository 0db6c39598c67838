using BusIngest.Workers.Events;

namespace BusIngest.Api.Summaries;

/// <summary>Summaries as clients get them: from memory, from Redis where there is one, from the database.</summary>
/// <param name="cache">What this process has read.</param>
/// <param name="guard">Reads from the database.</param>
/// <param name="services">Has what others have read, where there is Redis.</param>
/// <param name="time">The clock.</param>
internal sealed class AccountSummaries(SummaryCache cache, SummaryGuard guard, IServiceProvider services, TimeProvider time)
{
    private readonly SharedSummaries? _shared = services.GetService<SharedSummaries>();

    /// <summary>Gives a summary as the body of an answer.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="window">Its window.</param>
    /// <param name="fresh">Whether everything that is stored by now has to be in it, by whichever process; without, that holds for what this process has stored or heard of.</param>
    /// <param name="write">Writes the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Bus.Storage.StorageUnavailableException">It can't be had in time.</exception>
    public ValueTask<byte[]> ReadAsync(
        string accountId, SummaryWindow window, bool fresh, Func<AccountSummary, SummaryWindow, byte[]> write, CancellationToken cancellationToken)
    {
        return cache.GetAsync(
            accountId,
            window.Name,
            fresh,
            asksDatabase => _shared is null ? FromDatabaseAsync() : _shared.GetAsync(accountId, window.Name, asksDatabase, FromDatabaseAsync),
            cancellationToken);

        async Task<byte[]> FromDatabaseAsync()
        {
            var (from, to) = window.At(time.GetUtcNow());
            return write(await guard.ReadAsync(accountId, from, to), window);
        }
    }
}
