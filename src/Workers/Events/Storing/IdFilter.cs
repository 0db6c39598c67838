using System.Numerics;

namespace BusIngest.Workers.Events.Storing;

/// <summary>
/// Tells of most ids that are not stored that they are not, without a look at their table: a Bloom filter whose bits of one id are all in
/// one word (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom Filters, 2007). It errs on the other side for about one id
/// in a hundred while it is not full, and more and more often beyond. One thread may add beside another.
/// </summary>
internal sealed class IdFilter
{
    /// <summary>The most ids that one has room for; it then takes 64 MB.</summary>
    public const long MostIds = 1L << 25;

    private const long LeastIds = 1L << 20;
    private const int IdsPerWord = 4;
    private const int BitsPerId = 5;
    private const int WordBits = 6;

    private readonly ulong[] _words;
    private readonly int _shift;
    private readonly long _room;
    private long _count;

    /// <summary>An empty one.</summary>
    /// <param name="ids">How many it should have room for.</param>
    public IdFilter(long ids)
    {
        _room = (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(ids, LeastIds, MostIds));
        _words = new ulong[_room / IdsPerWord];
        _shift = 64 - BitOperations.Log2((ulong)_words.Length);
    }

    /// <summary>Whether a larger one would err less.</summary>
    public bool IsFull => Volatile.Read(ref _count) > _room && _room < MostIds;

    /// <summary>Adds an id.</summary>
    /// <param name="hash">Its short hash, or the next one that was free.</param>
    public void Add(long hash)
    {
        Interlocked.Or(ref _words[(ulong)hash >> _shift], Bits(hash));
        Interlocked.Increment(ref _count);
    }

    /// <summary>Whether an id may have been added; false: it has not.</summary>
    /// <param name="hash">Its short hash.</param>
    public bool MayHave(long hash)
    {
        var bits = Bits(hash);
        return (Volatile.Read(ref _words[(ulong)hash >> _shift]) & bits) == bits;
    }

    /// <summary>The low bits say which, as the high ones say where.</summary>
    private static ulong Bits(long hash)
    {
        var bits = 0UL;
        for (var i = 0; i < BitsPerId; i++, hash >>= WordBits)
            bits |= 1UL << (int)(hash & ((1 << WordBits) - 1));
        return bits;
    }
}
