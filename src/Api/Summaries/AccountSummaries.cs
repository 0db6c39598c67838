using BusIngest.Api.Events;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Summaries;

/// <summary>Summaries as clients get them: from memory, from Redis where there is one, from the database.</summary>
/// <param name="cache">What this process has read.</param>
/// <param name="guard">Reads from the database.</param>
/// <param name="services">Has what others have read, where there is Redis.</param>
/// <param name="time">The clock.</param>
internal sealed class AccountSummaries(SummaryCache cache, SummaryGuard guard, IServiceProvider services, TimeProvider time) : ISummaries
{
    private readonly SharedSummaries? _shared = services.GetService<SharedSummaries>();

    /// <inheritdoc />
    public Task<AccountSummary> ReadAsync(string accountId, SummaryWindow window, bool fresh, CancellationToken cancellationToken)
    {
        return cache.GetAsync(
            accountId,
            window.Name,
            fresh,
            asksDatabase => _shared is null ? FromDatabaseAsync() : _shared.GetAsync(accountId, window.Name, asksDatabase, FromDatabaseAsync),
            cancellationToken).AsTask();

        Task<AccountSummary> FromDatabaseAsync()
        {
            var (from, to) = window.At(time.GetUtcNow());
            return guard.ReadAsync(accountId, from, to);
        }
    }
}
