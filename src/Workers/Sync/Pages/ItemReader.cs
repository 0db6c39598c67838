using System.Text.Json;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>Reads one event of a page, into the page's events or its rejects.</summary>
/// <param name="fields">Where in an event things are.</param>
/// <param name="keys">Makes the events' keys.</param>
/// <param name="limits">How deep an event may go, and how many rejects a page may have.</param>
internal sealed class ItemReader(FieldPaths fields, EventKeys keys, PageLimits limits)
{
    private readonly JsonReaderOptions _options = new() { MaxDepth = limits.Depth };

    /// <summary>Reads an event that is there as a whole, as most are.</summary>
    /// <param name="page">Takes it in.</param>
    /// <param name="bytes">What is there from its first byte on.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="isBroken">Whether what is there of it is not JSON that can be read.</param>
    /// <returns>False when it is not there as a whole, or is broken.</returns>
    /// <exception cref="PageFormatException">The page has too many rejects.</exception>
    public bool TryRead(FetchedPage page, ReadOnlySpan<byte> bytes, out int length, out bool isBroken)
    {
        (length, isBroken) = (0, false);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(_options));
        var pulled = new EventReader(fields);
        try
        {
            if (!reader.Read() || !pulled.TryRead(ref reader))
                return false;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            isBroken = true;
            return false;
        }

        length = (int)reader.BytesConsumed;
        Keep(page, ref pulled, bytes[..length]);
        return true;
    }

    /// <summary>Reads an event that arrived in parts, or is broken.</summary>
    /// <param name="page">Takes it in, or what is wrong with it.</param>
    /// <param name="item">All of its bytes.</param>
    /// <param name="isBroken">Whether it is known that it can't be read.</param>
    /// <param name="depth">How deep it goes.</param>
    /// <exception cref="PageFormatException">The page has too many rejects.</exception>
    public void ReadWhole(FetchedPage page, ReadOnlySpan<byte> item, bool isBroken, int depth)
    {
        var pulled = new EventReader(fields);
        try
        {
            var reader = new Utf8JsonReader(item, isFinalBlock: true, new JsonReaderState(_options));
            if (!isBroken && reader.Read() && pulled.TryRead(ref reader))
            {
                Keep(page, ref pulled, item);
                return;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Said below.
        }

        Reject(page, ItemText.FindError(item) ?? (depth > limits.Depth ? $"is nested deeper than {limits.Depth} levels" : "is not valid JSON"), item);
    }

    private void Keep(FetchedPage page, ref EventReader pulled, ReadOnlySpan<byte> item)
    {
        if ((ItemText.FindError(item) ?? pulled.FindError()) is { } error)
            Reject(page, error, item);
        else
            pulled.Keep(item, keys, page.Memory);
    }

    private void Reject(FetchedPage page, string reason, ReadOnlySpan<byte> item)
    {
        if (page.Rejects.Count >= limits.Rejects)
            throw PageFormatException.TooMuch($"the page has more than {limits.Rejects} things that are no events; the last one {reason}");
        page.Reject(reason, item);
    }
}
