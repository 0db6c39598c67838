namespace BusIngest.Workers.Timers.Webhooks.Gates;

/// <summary>
/// Shares out the calls that may be open at once, so that those who do not answer leave room for those who do. How many a host, an address or a kind may have
/// depends on how many are free (dynamic thresholds: Choudhury and Hahne, 1998): who takes much gets less and less, and some are always left. Receivers
/// that answer at once come first; those not heard of get a chance; those that were silent, or keep calls open, share what remains.
/// </summary>
internal sealed class CallPlaces(WebhookOptions options, TimeProvider time) : IDisposable
{
    /// <summary>The most calls whose outcome is open.</summary>
    internal const int Most = 1_024;

    /// <summary>The most calls that wait for a place.</summary>
    private const int MostWaiting = 960;

    /// <summary>Those of them to receivers that answer, and take long just now.</summary>
    private const int MostHesitantWaiting = 736;

    /// <summary>Those of them to receivers that are not heard of.</summary>
    private const int MostNewcomersWaiting = 512;

    /// <summary>Always open to receivers that are not heard of. Where none of them answers within ten seconds, so many at a time leave some room still.</summary>
    private const int ForNewcomers = 12;

    /// <summary>What takes longer does not count as prompt.</summary>
    internal static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestNewcomersWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ReceiverAddress> _addresses = new(StringComparer.Ordinal);
    private readonly Queue<CallPlace> _begun = new();
    private readonly HashSet<Receiver> _wanting = [];
    private ITimer? _ticks;
    private int _open;
    private int _slow;
    private int _trials;
    private int _waiting;
    private long _waits;

    private int Free => Most - _open;

    /// <summary>Waits a little for a place, where that has a prospect.</summary>
    /// <returns>The place, to be given back by <see cref="Leave"/> as soon as the call's outcome is known; null: the call is to be put off.</returns>
    public ValueTask<CallPlace?> EnterAsync(Receiver receiver, string address, CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource<CallPlace?>> waiter;
        TimeSpan longest;
        lock (_gate)
        {
            FindSlow();
            receiver.Address = address;
            if (receiver.Waiting.Count == 0 && MayEnter(receiver))
                return new(Take(receiver));
            if (!MayWait(receiver))
                return new((CallPlace?)null);
            waiter = receiver.Waiting.AddLast(new TaskCompletionSource<CallPlace?>(TaskCreationOptions.RunContinuationsAsynchronously));
            receiver.WaitsSince = ++_waits;
            _wanting.Add(receiver);
            longest = receiver.Standing == ReceiverStanding.Answers ? LongestWait : LongestNewcomersWait;
            if (_waiting++ == 0)
                (_ticks ??= time.CreateTimer(_ => LookAgain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)).Change(Tick, Tick);
        }

        return new(WaitAsync(receiver, waiter, longest, cancellationToken));
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="place">The place.</param>
    /// <param name="hasAnswered">Whether the receiver has answered; null: nothing is known.</param>
    public void Leave(CallPlace place, bool? hasAnswered)
    {
        lock (_gate)
        {
            FindSlow();
            var receiver = place.Receiver;
            place.IsOver = true;
            _open--;
            receiver.Open--;
            if (place.IsSlow)
            {
                _slow--;
                receiver.Slow--;
            }
            else if (place.IsTrial)
            {
                _trials--;
            }

            if (--place.Address.Open == 0)
                _addresses.Remove(place.Address.Name);
            if (hasAnswered is { } answered)
                Learn(receiver, answered, time.GetElapsedTime(place.BegunAt));
            Admit();
        }
    }

    /// <summary>How long a call is to be put off: the more are, the longer, so that they do not all come again at once.</summary>
    /// <param name="receiver">Who was to be called.</param>
    /// <param name="least">How long at least.</param>
    public TimeSpan PutOff(Receiver receiver, TimeSpan least)
    {
        lock (_gate)
            return Deferral.Next(receiver, time.GetUtcNow(), least, options.MaxConcurrencyPerHost);
    }

    /// <inheritdoc />
    public void Dispose() => _ticks?.Dispose();

    private static void Learn(Receiver receiver, bool answered, TimeSpan took)
    {
        receiver.Pace = receiver.Pace == TimeSpan.Zero ? took : (receiver.Pace * 0.9) + (took * 0.1);
        receiver.Standing = answered ? ReceiverStanding.Answers : ReceiverStanding.Silent;
    }

    private bool MayEnter(Receiver receiver)
    {
        if (receiver.Open >= options.MaxConcurrencyPerHost || Free <= 0)
            return false;
        if (receiver.IsPrompt)
            return receiver.Open * 4 <= Free && _open - _slow <= Free;
        if (receiver.Standing == ReceiverStanding.Answers)
            return receiver.Open * 8 <= Free && _slow <= Free;
        if (receiver.IsNewcomer && receiver.Open == 0 && _trials < ForNewcomers && Free > Most / 8)
            return true;

        var address = AtAddress(receiver);
        return _slow * 2 <= Free && (receiver.IsNewcomer
            ? receiver.Open * 8 <= Free && address * 2 <= Free && _trials * 4 <= Free
            : receiver.Open * 16 <= Free && address * 4 <= Free);
    }

    private int AtAddress(Receiver receiver) => _addresses.TryGetValue(receiver.Address, out var address) ? address.Open : 0;

    /// <summary>Whoever waits holds up the consumers that others need, too.</summary>
    private bool MayWait(Receiver receiver) => receiver.Standing == ReceiverStanding.Answers
        ? _waiting < (receiver.IsPrompt ? MostWaiting : MostHesitantWaiting)
            && receiver.Pace * (receiver.Waiting.Count + 1) / options.MaxConcurrencyPerHost <= Prompt
        : receiver.IsNewcomer && (_waiting < MostNewcomersWaiting || SendAwayOldestNewcomer());

    /// <summary>The last of them are let in first, so the first wait in vain.</summary>
    private bool SendAwayOldestNewcomer()
    {
        if (_wanting.Where(static receiver => receiver.IsNewcomer).MinBy(static receiver => receiver.WaitsSince) is not { } oldest)
            return false;
        var waiter = oldest.Waiting.First!;
        Remove(oldest, waiter);
        waiter.Value.SetResult(null);
        return true;
    }

    private CallPlace Take(Receiver receiver)
    {
        if (!_addresses.TryGetValue(receiver.Address, out var address))
            _addresses[receiver.Address] = address = new ReceiverAddress(receiver.Address);
        var place = new CallPlace(receiver, address, time.GetTimestamp()) { IsTrial = receiver.Standing == ReceiverStanding.New };
        _open++;
        receiver.Open++;
        address.Open++;
        _trials += place.IsTrial ? 1 : 0;
        _begun.Enqueue(place);
        return place;
    }

    /// <summary>Finds calls that have become slow: the oldest come first.</summary>
    private void FindSlow()
    {
        while (_begun.TryPeek(out var place) && (place.IsOver || time.GetElapsedTime(place.BegunAt) >= Prompt))
        {
            _begun.Dequeue();
            if (place.IsOver)
                continue;
            place.IsSlow = true;
            _slow++;
            place.Receiver.Slow++;
            _trials -= place.IsTrial ? 1 : 0;
        }
    }

    private void LookAgain()
    {
        lock (_gate)
        {
            FindSlow();
            Admit();
        }
    }

    /// <summary>
    /// Lets in whoever waits and may enter: prompt receivers first, and of like ones the least busy. Of those not heard of the last one comes first: when more
    /// come than can be tried, all would else be late (adaptive LIFO), and who is called often soon is the last one again.
    /// </summary>
    private void Admit()
    {
        while (_wanting.Count > 0 && Choose() is { } receiver)
        {
            var waiter = receiver.Waiting.First!.Value;
            Remove(receiver, receiver.Waiting.First);
            waiter.SetResult(Take(receiver));
        }
    }

    private Receiver? Choose()
    {
        Receiver? best = null;
        foreach (var receiver in _wanting)
        {
            if (MayEnter(receiver) && (best is null || Rank(receiver).CompareTo(Rank(best)) < 0))
                best = receiver;
        }

        return best;

        (int, int, int, long) Rank(Receiver receiver) => (
            receiver.IsPrompt ? 0 : receiver.Standing == ReceiverStanding.Answers ? 1 : 2,
            receiver.Open,
            AtAddress(receiver),
            receiver.IsNewcomer ? -receiver.WaitsSince : 0);
    }

    private void Remove(Receiver receiver, LinkedListNode<TaskCompletionSource<CallPlace?>> waiter)
    {
        receiver.Waiting.Remove(waiter);
        if (receiver.Waiting.Count == 0)
            _wanting.Remove(receiver);
        if (--_waiting == 0)
            _ticks?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private async Task<CallPlace?> WaitAsync(
        Receiver receiver, LinkedListNode<TaskCompletionSource<CallPlace?>> waiter, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, time);
        await using var expiry = limit.Token.UnsafeRegister(_ => GiveUp(receiver, waiter), null);
        await using var stop = cancellationToken.UnsafeRegister(_ => GiveUp(receiver, waiter), null);
        var place = await waiter.Value.Task;
        if (place is not null && cancellationToken.IsCancellationRequested)
            Leave(place, hasAnswered: null);
        cancellationToken.ThrowIfCancellationRequested();
        return place;
    }

    private void GiveUp(Receiver receiver, LinkedListNode<TaskCompletionSource<CallPlace?>> waiter)
    {
        lock (_gate)
        {
            if (!waiter.Value.TrySetResult(null))
                return;
            Remove(receiver, waiter);
        }
    }
}
