using BusIngest.Workers.Net;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>A page as it was served. Its events are gone when it is disposed.</summary>
/// <param name="expectedBytes">About how long it is; null: nobody knows.</param>
/// <param name="share">What it takes of the memory for all pages.</param>
internal sealed class FetchedPage(long? expectedBytes, PagesInHand.Share share) : IDisposable
{
    /// <summary>So much of what was no event is kept in full.</summary>
    private const int MostExcerptBytes = 4 << 20;

    /// <summary>Of each one beyond that, so much.</summary>
    private const int ShortExcerptBytes = 200;

    private readonly List<RejectedItem> _rejects = [];
    private long _excerptBytes;

    /// <summary>Holds the events.</summary>
    public PageMemory Memory { get; } = new(expectedBytes);

    /// <summary>What was no event.</summary>
    public IReadOnlyList<RejectedItem> Rejects => _rejects;

    /// <summary>Whether it says that there is another page; null: it does not say.</summary>
    public bool? HasMore { get; set; }

    /// <summary>Where the next page begins; null: nothing is said.</summary>
    public string? NextCursor { get; set; }

    /// <summary>How long that cursor lives; null: nothing is said.</summary>
    public WaitHint? CursorLife { get; set; }

    /// <summary>How many events there are in all; null: nothing is said.</summary>
    public long? Total { get; set; }

    /// <summary>Whether it had an array of events, empty or not; null in its place is an empty one.</summary>
    public bool HasData { get; set; }

    /// <summary>How many things were in that array.</summary>
    public int Count => Memory.Count + Rejects.Count;

    /// <summary>Whether there is another page.</summary>
    public bool IsFollowed => HasMore ?? NextCursor is not null;

    /// <summary>What its events are, whatever their order: pages with the same ones have the same.</summary>
    public UInt128 Content
    {
        get
        {
            var sum = UInt128.Zero;
            Span<byte> key = stackalloc byte[16];
            foreach (ref readonly var pulled in Memory.Events)
            {
                pulled.Key.TryWriteBytes(key);
                sum += System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(key);
            }

            foreach (var reject in _rejects)
                sum += reject.Content;
            return sum;
        }
    }

    /// <summary>Keeps what was no event.</summary>
    public void Reject(string reason, ReadOnlySpan<byte> item)
    {
        var reject = new RejectedItem(reason, item, _excerptBytes < MostExcerptBytes ? RejectedItem.MaxExcerptBytes : ShortExcerptBytes);
        _excerptBytes += reject.Excerpt.Length;
        _rejects.Add(reject);
    }

    /// <summary>Takes its share of memory, as much as it has grown to; waits where there is no room.</summary>
    /// <param name="besides">Bytes that its reading takes besides.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask CoverAsync(long besides, CancellationToken cancellationToken) =>
        share.CoverAsync(besides + Memory.Bytes + (2 * _excerptBytes), cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        Memory.Dispose();
        share.Dispose();
    }
}
