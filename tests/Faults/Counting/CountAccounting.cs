using BusIngest.Support.Counting;

namespace BusIngest.Faults.Counting;

/// <summary>Holds what was promised to be counted against the counters and against what they told of.</summary>
internal static class CountAccounting
{
    /// <summary>What is not as it should be.</summary>
    public static IEnumerable<string> Check(CountLedger ledger, StoredCounts stored)
    {
        var counted = stored.Counted();
        var times = counted.CountBy(static row => row.Event.EventId).ToDictionary();
        foreach (var (id, counter) in ledger.Acknowledged)
        {
            if (times.GetValueOrDefault(id) != 1)
                yield return $"{id} was accepted for {counter} and counted {times.GetValueOrDefault(id)} times";
        }

        foreach (var (id, number) in times)
        {
            if (number != 1 || !(ledger.Acknowledged.ContainsKey(id) || ledger.Unknown.ContainsKey(id)))
                yield return $"{id} was counted {number} times";
        }

        var counters = stored.Counters();
        foreach (var group in counted.GroupBy(static row => row.Event.CounterId))
        {
            var (count, version) = counters.GetValueOrDefault(group.Key);
            if (count != group.Count() || version != count)
                yield return $"{group.Key} counted {count} at version {version}, and told of {group.Count()}";
            if (!group.Select(static row => row.Count).Order().SequenceEqual(Enumerable.Range(1, group.Count()).Select(static n => (long)n)))
                yield return $"{group.Key} told of some count twice, or left one out";
        }

        if (stored.CountFailed() is > 0 and var failed)
            yield return $"{failed} messages failed";
    }
}
