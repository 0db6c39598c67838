using BusIngest.Api.Limits;

namespace BusIngest.Api.Summaries;

/// <summary>
/// Shares out the summaries that are read at once: an account may have a quarter of the places, one whose summaries take long has one, and all such accounts
/// together have half, so that there is always room for the others. Whoever waits goes in the order of asking, as far as that allows.
/// </summary>
internal sealed class SummaryPlaces(SummaryOptions options, TimeProvider time)
{
    private const int MostAccounts = 10_000;
    private const int MostWaitingOfAccount = 64;
    private const long RememberedMs = 60_000;

    /// <summary>So many that were not done in time, in a row, and the account rests.</summary>
    private const int Patience = 2;

    /// <summary>What takes longer is heavy.</summary>
    private static readonly TimeSpan Light = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Generations<string, AccountPlace> _accounts = new(MostAccounts, RememberedMs);
    private readonly LinkedList<(AccountPlace Account, TaskCompletionSource Entry)> _waiting = new();
    private int _reading;
    private int _heavy;

    private int MostOfAccount => Math.Max(1, options.MaxConcurrency / 4);

    private int MostHeavy => Math.Max(1, options.MaxConcurrency / 2);

    /// <summary>Begins with a summary of an account.</summary>
    /// <returns>The account, for what follows; null: it is at rest, or too many wait for it.</returns>
    public AccountPlace? Begin(string accountId)
    {
        lock (_gate)
        {
            var account = Find(accountId);
            if (account.RestsUntil > time.GetTimestamp() || account.Users >= MostOfAccount + MostWaitingOfAccount)
                return null;
            account.Users++;
            return account;
        }
    }

    /// <summary>Is done with it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="inTime">Whether the database answered in time; null: that says nothing of the account.</param>
    public void End(AccountPlace account, bool? inTime)
    {
        lock (_gate)
        {
            account.Users--;
            if (inTime is true)
                (account.Failures, account.RestsUntil) = (0, 0);
            else if (inTime is false && ++account.Failures >= Patience)
                account.RestsUntil = time.GetTimestamp() + (long)(Rest(account).TotalSeconds * time.TimestampFrequency);
        }
    }

    /// <summary>Whether an account's summaries were in time until now: its next failure says more than that it is large.</summary>
    public bool IsNews(AccountPlace account)
    {
        lock (_gate)
            return account is { Failures: 0, IsHeavy: false };
    }

    /// <summary>Waits for a place.</summary>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task EnterAsync(AccountPlace account, CancellationToken cancellationToken)
    {
        LinkedListNode<(AccountPlace Account, TaskCompletionSource Entry)> waiter;
        lock (_gate)
        {
            if (MayEnter(account))
            {
                Take(account);
                return;
            }

            waiter = _waiting.AddLast((account, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        await using var giveUp = cancellationToken.UnsafeRegister(_ => GiveUp(waiter, cancellationToken), null);
        await waiter.Value.Entry.Task;
    }

    /// <summary>Gives the place back.</summary>
    /// <param name="account">The account.</param>
    /// <param name="took">How long the reading took.</param>
    public void Leave(AccountPlace account, TimeSpan took)
    {
        lock (_gate)
        {
            account.Reading--;
            _reading--;
            _heavy -= account.IsHeavy ? 1 : 0;
            var isHeavy = took > Light;
            // The places that it has are counted by what it is.
            _heavy += (isHeavy ? account.Reading : 0) - (account.IsHeavy ? account.Reading : 0);
            account.IsHeavy = isHeavy;
            Admit();
        }
    }

    private static TimeSpan Rest(AccountPlace account)
    {
        var rest = FirstRest * Math.Pow(2, Math.Min(account.Failures - Patience, 10));
        return rest < LongestRest ? rest : LongestRest;
    }

    private AccountPlace Find(string accountId)
    {
        var now = LimitTime.Of(time).ElapsedMs;
        if (_accounts.TryGet(accountId, now, out var account))
            return account;
        account = new AccountPlace(accountId);
        _accounts.Add(accountId, account, now);
        return account;
    }

    private bool MayEnter(AccountPlace account) => _reading < options.MaxConcurrency
        && (account.IsHeavy ? account.Reading == 0 && _heavy < MostHeavy : account.Reading < MostOfAccount);

    private void Take(AccountPlace account)
    {
        account.Reading++;
        _reading++;
        _heavy += account.IsHeavy ? 1 : 0;
    }

    private void Admit()
    {
        for (var waiter = _waiting.First; waiter is not null && _reading < options.MaxConcurrency;)
        {
            var (account, entry, next) = (waiter.Value.Account, waiter.Value.Entry, waiter.Next);
            if (MayEnter(account))
            {
                _waiting.Remove(waiter);
                Take(account);
                entry.SetResult();
            }

            waiter = next;
        }
    }

    private void GiveUp(LinkedListNode<(AccountPlace Account, TaskCompletionSource Entry)> waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (waiter.Value.Entry.TrySetCanceled(cancellationToken))
                _waiting.Remove(waiter);
        }
    }
}
