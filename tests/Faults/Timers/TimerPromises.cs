using BusIngest.Support.Timers;

namespace BusIngest.Faults.Timers;

/// <summary>Every acknowledged timer is there and at its end; one of unknown outcome is there once, or not at all.</summary>
internal static class TimerPromises
{
    // What the program's clock and the test's may differ by: both are the machine's.
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(5);

    /// <summary>What is not as it was promised.</summary>
    public static IEnumerable<string> Check(TimerLedger ledger, IReadOnlyList<StoredTimer> timers)
    {
        var byName = timers.ToLookup(static timer => timer.Name, StringComparer.Ordinal);
        var cancelled = ledger.Cancelled.ToHashSet();
        var perhaps = ledger.PerhapsCancelled.ToHashSet();
        foreach (var promised in ledger.Acknowledged)
        {
            if (byName[promised.Name].ToList() is not [var timer] || timer.Id != promised.Id)
            {
                yield return $"{promised} was acknowledged and is stored as {string.Join(", ", byName[promised.Name].Select(static t => t.Id))}";
                continue;
            }

            if (timer.DueAt < promised.Earliest - Rounding || timer.DueAt > promised.Latest + Rounding)
                yield return $"{promised} is due at {timer.DueAt:O}";
            if (!IsRight(timer.State, cancelled.Contains(timer.Id), perhaps.Contains(timer.Id)))
                yield return $"{promised} is {timer.State} (cancelled: {cancelled.Contains(timer.Id)}, perhaps: {perhaps.Contains(timer.Id)})";
        }

        foreach (var name in ledger.Unknown)
        {
            if (byName[name].Count() > 1 || byName[name].Any(static timer => !IsRight(timer.State, cancelled: false, perhapsCancelled: false)))
                yield return $"{name} was not acknowledged, and is stored as {string.Join(", ", byName[name].Select(static t => t.State))}";
        }

        var known = ledger.Acknowledged.Select(static timer => timer.Name).Concat(ledger.Unknown).ToHashSet(StringComparer.Ordinal);
        foreach (var timer in timers.Where(timer => !known.Contains(timer.Name)))
            yield return $"Nobody set {timer.Name}";
    }

    private static bool IsRight(string state, bool cancelled, bool perhapsCancelled) => state switch
    {
        "Finished" => !cancelled,
        "Cancelled" => cancelled || perhapsCancelled,
        _ => false,
    };
}
