using BusIngest.Api.Events;
using BusIngest.Bus.Storage;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Summaries;

/// <summary>Summaries as clients get them: from memory, from Redis where other processes have read some, from the database.</summary>
/// <param name="cache">What this process has read.</param>
/// <param name="guard">Reads from the database.</param>
/// <param name="services">Has what others have read, where there is Redis and others, or else up to when all is stored.</param>
/// <param name="options">How long it may take.</param>
/// <param name="time">The clock.</param>
internal sealed class AccountSummaries(SummaryCache cache, SummaryGuard guard, IServiceProvider services, SummaryOptions options, TimeProvider time) : ISummaries
{
    private readonly IStoredUntil? _storedUntil = services.GetService<IStoredUntil>();

    /// <summary>Where one process alone stores, no other reads.</summary>
    private readonly SharedSummaries? _shared = services.GetService<IStoredUntil>() is null ? services.GetService<SharedSummaries>() : null;

    /// <inheritdoc />
    public async Task<AccountSummary> ReadAsync(string accountId, SummaryWindow window, bool fresh, CancellationToken cancellationToken)
    {
        // Before the cache is asked: what it gives then has everything of this account that was stored by now.
        var until = _storedUntil?.Now;
        var summary = await WithinAsync(cache.GetAsync(
            accountId,
            window.Name,
            fresh,
            asksDatabase => _shared is null ? FromDatabaseAsync() : _shared.GetAsync(accountId, window.Name, asksDatabase, FromDatabaseAsync),
            cancellationToken));
        return until > summary.AsOf ? summary with { AsOf = until.Value } : summary;

        Task<AccountSummary> FromDatabaseAsync()
        {
            var (from, to) = window.At(time.GetUtcNow());
            return guard.ReadAsync(accountId, from, to);
        }
    }

    /// <summary>Who waits for a summary that is begun only when another is over waits no longer than who asks for it first.</summary>
    private async Task<AccountSummary> WithinAsync(ValueTask<AccountSummary> reading)
    {
        if (reading.IsCompletedSuccessfully)
            return reading.Result;
        try
        {
            return await reading.AsTask().WaitAsync(options.Timeout * 2, time);
        }
        catch (TimeoutException exception)
        {
            throw new StorageUnavailableException("Summaries of this account can't be read in time.", exception);
        }
    }
}
