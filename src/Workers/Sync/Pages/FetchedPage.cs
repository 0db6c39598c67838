namespace BusIngest.Workers.Sync.Pages;

/// <summary>A page as it was served. Its events are gone when it is disposed.</summary>
/// <param name="expectedBytes">About how long it is; null: nobody knows.</param>
internal sealed class FetchedPage(long? expectedBytes) : IDisposable
{
    /// <summary>Holds the events.</summary>
    public PageMemory Memory { get; } = new(expectedBytes);

    /// <summary>What was no event.</summary>
    public List<RejectedItem> Rejects { get; } = [];

    /// <summary>Whether it says that there is another page; null: it does not say.</summary>
    public bool? HasMore { get; set; }

    /// <summary>Where the next page begins; null: nothing is said.</summary>
    public string? NextCursor { get; set; }

    /// <summary>How long that cursor lives; null: nothing is said.</summary>
    public TimeSpan? CursorLife { get; set; }

    /// <summary>How many events there are in all; null: nothing is said.</summary>
    public long? Total { get; set; }

    /// <summary>Whether it had an array of events, empty or not.</summary>
    public bool HasData { get; set; }

    /// <summary>How many things were in that array.</summary>
    public int Count => Memory.Count + Rejects.Count;

    /// <summary>Whether there is another page.</summary>
    public bool IsFollowed => HasMore ?? NextCursor is not null;

    /// <inheritdoc />
    public void Dispose() => Memory.Dispose();
}
