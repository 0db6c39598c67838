using BusIngest.Api.Limits;
using BusIngest.Workers.Events;

namespace BusIngest.Api.Summaries;

/// <summary>
/// Keeps summaries in memory, of the 10,000 to 20,000 accounts that were asked for last, until something is stored or they are too old. Of one summary at most
/// one is read at a time: whoever asks meanwhile gets that one, or the next if something was stored since it was begun. So nobody gets one that was begun before
/// a write that was over when they asked.
/// </summary>
internal sealed class SummaryCache(SummaryOptions options, TimeProvider time) : ISummaryInvalidation
{
    private const int MostAccounts = 10_000;
    private const long IdleMs = 60_000;

    private readonly Lock _gate = new();
    private readonly Generations<string, CachedAccount> _accounts = new(MostAccounts, IdleMs);

    /// <summary>Accounts with transactions that may commit at any moment, and how many.</summary>
    private readonly Dictionary<string, int> _storing = new(StringComparer.Ordinal);

    /// <summary>Gives a summary.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="window">What the window is called.</param>
    /// <param name="fresh">Whether one is wanted that is begun to be read from now on.</param>
    /// <param name="read">Reads it; its argument says whether from the database, whatever others have read.</param>
    /// <param name="cancellationToken">Ends the wait, not the reading.</param>
    public ValueTask<AccountSummary> GetAsync(string accountId, string window, bool fresh, Func<bool, Task<AccountSummary>> read, CancellationToken cancellationToken)
    {
        Task<AccountSummary> reading;
        lock (_gate)
        {
            var account = Account(accountId);
            var summary = account.Of(window);
            var isQuiet = !fresh && !_storing.ContainsKey(accountId);
            if (isQuiet && summary.Value is { } value && summary.ValueVersion == account.Version && time.GetElapsedTime(summary.ReadAt) < options.MaxAge)
                return ValueTask.FromResult(value);

            if (summary.Running is null)
                reading = Begin(account, summary, fresh, read);
            else if (isQuiet && summary.RunningVersion == account.Version)
                reading = summary.Running;
            else
                reading = summary.Next ??= FollowAsync(account, summary, summary.Running, read);
        }

        return new ValueTask<AccountSummary>(reading.WaitAsync(cancellationToken));
    }

    /// <inheritdoc />
    public void Storing(IReadOnlyCollection<string> accountIds)
    {
        lock (_gate)
        {
            foreach (var id in accountIds)
            {
                _storing[id] = _storing.GetValueOrDefault(id) + 1;
                Change(id, here: true);
            }
        }
    }

    /// <inheritdoc />
    public void Stored(IReadOnlyCollection<string> accountIds)
    {
        lock (_gate)
        {
            foreach (var id in accountIds)
            {
                if (_storing.GetValueOrDefault(id) is > 1 and var count)
                    _storing[id] = count - 1;
                else
                    _storing.Remove(id);
                Change(id, here: true);
            }
        }
    }

    /// <summary>Another process has stored events of these accounts.</summary>
    public void Forget(IEnumerable<string> accountIds)
    {
        lock (_gate)
        {
            foreach (var id in accountIds)
                Change(id, here: false);
        }
    }

    /// <summary>Others may have stored anything.</summary>
    public void ForgetAll()
    {
        lock (_gate)
            _accounts.Clear();
    }

    private CachedAccount Account(string id)
    {
        var now = LimitTime.Of(time).ElapsedMs;
        if (_accounts.TryGet(id, now, out var account))
            return account;

        account = new CachedAccount(id);
        _accounts.Add(id, account, now);
        return account;
    }

    private void Change(string id, bool here)
    {
        if (!_accounts.TryPeek(id, out var account))
            return;
        account.Version++;
        if (here)
            account.StoredAt = time.GetTimestamp();
    }

    /// <summary>Begins to read. Its owner locks, so the reading itself goes elsewhere.</summary>
    private Task<AccountSummary> Begin(CachedAccount account, CachedSummary summary, bool fresh, Func<bool, Task<AccountSummary>> read)
    {
        // What others have read is out of date as long as they have not heard of it.
        var isFresh = summary.IsRunningFresh = fresh || (account.StoredAt != 0 && time.GetElapsedTime(account.StoredAt) < options.MaxAge);
        var version = summary.RunningVersion = account.Version;
        var begun = time.GetTimestamp();
        return summary.Running = Task.Run(() => ReadAsync(account, summary, version, begun, () => read(isFresh)));
    }

    private async Task<AccountSummary> ReadAsync(CachedAccount account, CachedSummary summary, long version, long begun, Func<Task<AccountSummary>> read)
    {
        AccountSummary? value = null;
        try
        {
            return value = await read();
        }
        finally
        {
            lock (_gate)
            {
                summary.Running = null;
                var isCurrent = account.Version == version && !_storing.ContainsKey(account.Id);
                (summary.Value, summary.ValueVersion, summary.ReadAt) = (isCurrent ? value : null, version, begun);
            }
        }
    }

    /// <summary>Reads when what is being read is done, unless another has begun by then.</summary>
    private async Task<AccountSummary> FollowAsync(CachedAccount account, CachedSummary summary, Task running, Func<bool, Task<AccountSummary>> read)
    {
        while (true)
        {
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            Task<AccountSummary> reading;
            lock (_gate)
            {
                if (summary.Running is { } other && !summary.IsRunningFresh)
                {
                    running = other;
                    continue;
                }

                summary.Next = null;
                reading = summary.Running ?? Begin(account, summary, fresh: true, read);
            }

            return await reading;
        }
    }
}
