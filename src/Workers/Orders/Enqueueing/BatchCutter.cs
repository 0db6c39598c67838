using BusIngest.Workers.Orders.Storage;

namespace BusIngest.Workers.Orders.Enqueueing;

/// <summary>Cuts NORMAL orders into batches.</summary>
internal static class BatchCutter
{
    /// <summary>Cuts those of some chunks, which may lie over the bounds of chunks.</summary>
    /// <param name="chunks">In their order.</param>
    /// <param name="size">How many orders a batch has; the last one may have fewer.</param>
    /// <returns>First and last number of each batch, and its size; what lies in between and is VIP is not of it.</returns>
    public static IEnumerable<(long First, long Last, int Size)> Cut(IEnumerable<OrderChunk> chunks, int size)
    {
        var (first, last, taken) = (0L, 0L, 0);
        foreach (var chunk in chunks)
        {
            var next = chunk.First + chunk.Vip;
            for (var left = chunk.Normal; left > 0;)
            {
                var count = Math.Min(left, size - taken);
                if (taken == 0)
                    first = next;
                (taken, next, left, last) = (taken + count, next + count, left - count, next + count - 1);
                if (taken == size)
                {
                    yield return (first, last, taken);
                    taken = 0;
                }
            }
        }

        if (taken > 0)
            yield return (first, last, taken);
    }
}
