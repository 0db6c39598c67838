namespace BusIngest.Bus.Copies;

/// <summary>Numbers of documents that lie side by side.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest, not below the lowest.</param>
public readonly record struct NumberRange(long First, long Last)
{
    /// <summary>How many numbers these are, 0 counted as the most there can be.</summary>
    public long Width => Last - First + 1;

    /// <summary>Ranges in their order, those that touch put together.</summary>
    public static IReadOnlyList<NumberRange> Merge(IEnumerable<NumberRange> ranges)
    {
        var merged = new List<NumberRange>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && merged[^1] is var last && range.First - 1 <= last.Last)
                merged[^1] = last with { Last = Math.Max(last.Last, range.Last) };
            else
                merged.Add(range);
        }

        return merged;
    }
}
