namespace BusIngest.Workers.Sync.Pages;

/// <summary>Where in a page's memory a text lies, in UTF-8.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its length in bytes; negative: there is no text.</param>
internal readonly record struct PageText(int Start, int Length)
{
    /// <summary>No text, which is not an empty one.</summary>
    public static PageText None => new(0, -1);

    /// <summary>Whether there is none.</summary>
    public bool IsNone => Length < 0;
}
