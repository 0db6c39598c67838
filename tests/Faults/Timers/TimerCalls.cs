using BusIngest.Support.Timers;

namespace BusIngest.Faults.Timers;

/// <summary>
/// One timer's calls as the sink saw them beside the tries that the program kept. A try is kept with its outcome, so that a call without
/// a row is one whose outcome the program never knew: that is right only when it was killed at once, and nothing but such
/// a call may be repeated.
/// </summary>
internal sealed class TimerCalls
{
    // From the answer to the commit, on a machine that is busy.
    private static readonly TimeSpan LongestInDoubt = TimeSpan.FromSeconds(5);

    // Times are in whole milliseconds, and the wall clock was seen 7 ms apart from the monotonic one that a duration is taken by.
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(50);
    private readonly StoredTimer _timer;
    private readonly IReadOnlyList<WebhookArrival> _arrivals;
    private readonly Lives _lives;
    private readonly List<WebhookArrival> _unkept;
    private readonly List<StoredAttempt> _unseen = [];

    /// <summary>Sets them side by side.</summary>
    /// <param name="timer">What was kept.</param>
    /// <param name="arrivals">What the sink saw, in order.</param>
    /// <param name="lives">When the program was killed.</param>
    public TimerCalls(StoredTimer timer, IReadOnlyList<WebhookArrival> arrivals, Lives lives)
    {
        (_timer, _arrivals, _lives) = (timer, arrivals, lives);
        _unkept = [.. arrivals];
        foreach (var attempt in timer.Attempts.Where(static attempt => attempt.StatusCode is not null))
        {
            var call = _unkept.Find(arrival =>
                arrival.Status == attempt.StatusCode && arrival.At >= attempt.StartedAt - Rounding && arrival.At <= attempt.EndedAt + Rounding);
            if (call is null)
                _unseen.Add(attempt);
            else
                _unkept.Remove(call);
        }
    }

    /// <summary>Calls whose outcome was never kept.</summary>
    public int CutOff => _unkept.Count;

    /// <summary>Whether the other side said 200 more than once.</summary>
    public bool Doubled => _arrivals.Count(static arrival => arrival is { Status: 200, Answered: true }) > 1;

    /// <summary>What is not as it should be.</summary>
    public IEnumerable<string> Discrepancies() => History().Concat(Calls()).Select(what => $"{_timer.Id} {_timer.Name} ({_timer.State}): {what}{Listing()}");

    private IEnumerable<string> History()
    {
        var history = _timer.Transitions;
        if (history is [])
        {
            yield return "it has no history";
            yield break;
        }

        var states = string.Join('→', history.Select(static t => t.To).Prepend(history[0].From));
        var wanted = _timer.State is "Cancelled" ? "Initial→Scheduled→Cancelled" : $"Initial→Scheduled→Running→{_timer.State}";
        if (!string.Equals(states, wanted, StringComparison.Ordinal) || history.Skip(1).Zip(history).Any(static t => !string.Equals(t.First.From, t.Second.To, StringComparison.Ordinal)))
            yield return $"its history is {string.Join(", ", history)}";
        if (history.Zip(history.Skip(1)).Any(static pair => pair.First.Version >= pair.Second.Version) || history[^1].Version != _timer.Version)
            yield return $"it is at version {_timer.Version}, and its versions go {string.Join(", ", history.Select(static t => t.Version))}";
        if (!_timer.Attempts.Select(static a => a.Attempt).SequenceEqual(Enumerable.Range(1, _timer.Attempts.Count)))
            yield return $"its tries are {string.Join(", ", _timer.Attempts.Select(static a => a.Attempt))}";
    }

    private IEnumerable<string> Calls()
    {
        if (_timer.State is "Cancelled" && _arrivals.Count > 0)
            yield return "it was cancelled, and called";
        if (_timer.State is "Finished" && _timer.Attempts.Count(static attempt => attempt.StatusCode is 200) != 1)
            yield return "it is Finished by other than one try";
        foreach (var attempt in _unseen)
            yield return $"nobody saw {attempt}";
        foreach (var arrival in _arrivals)
        {
            if (!string.Equals(arrival.Id, _arrivals[0].Id, StringComparison.Ordinal) || arrival.DueAt != _timer.DueAt || arrival.FiredAt != _arrivals[0].FiredAt)
                yield return $"it was called as {arrival}";
            if (arrival.At < _timer.DueAt - Rounding)
                yield return $"it was called early: {arrival}";
        }

        foreach (var arrival in _unkept)
        {
            if (_lives.EndAfter(arrival.At) is not { } end || end - arrival.At > LongestInDoubt)
                yield return $"no try was kept of {arrival}, which no kill cut off";
            else if (_arrivals.Any(other => other.At > arrival.At && other.At <= end))
                yield return $"it was called again before the kill that {arrival} was in doubt at";
        }
    }

    private string Listing() =>
        string.Concat(_arrivals.Select(static a => $"\n    call {a.At:HH:mm:ss.fff} {a.Status} answered: {a.Answered}"))
        + string.Concat(_timer.Attempts.Select(static a => $"\n    kept {a.Attempt} {a.StartedAt:HH:mm:ss.fff}–{a.EndedAt:HH:mm:ss.fff} {a.StatusCode} {a.Error}"));
}
