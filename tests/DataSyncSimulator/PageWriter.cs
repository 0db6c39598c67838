using System.Buffers;
using System.Globalization;
using System.Text;

namespace BusIngest.DataSyncSimulator;

/// <summary>Writes pages.</summary>
internal sealed class PageWriter(SimulatorOptions options, EventForge forge)
{
    private static readonly string[] BadItems =
    [
        "\"just a text\"", "{\"type\":\"click\",\"timestamp\":1704067200000}", "{\"id\":\"bad-{0}-a\",\"timestamp\":\"yesterday\"}",
        "{\"id\":\"bad-{0}-b\"}", "null", "{\"id\":\"\",\"timestamp\":1}", "{\"id\":\"bad-{0}-c\",\"timestamp\":-5}",
    ];

    /// <summary>The events of whole pages, if they are made beforehand.</summary>
    private readonly ReadOnlyMemory<byte>[] _prepared = options.Prepare ? Prepare(options, forge) : [];

    /// <summary>What follows the events of a page.</summary>
    /// <param name="HasMore">Whether there are more.</param>
    /// <param name="NextCursor">Where those begin; null: nowhere.</param>
    /// <param name="Total">How many there are said to be.</param>
    internal readonly record struct Tail(bool HasMore, string? NextCursor, int Total);

    /// <summary>A page.</summary>
    /// <param name="Items">Its events, up to the array's end.</param>
    /// <param name="Rest">What follows.</param>
    internal readonly record struct Page(ReadOnlyMemory<byte> Items, ReadOnlyMemory<byte> Rest)
    {
        public int Length => Items.Length + Rest.Length;
    }

    /// <summary>Writes a page of the events from an offset on.</summary>
    public Page Write(int offset, int count, int limit, Tail tail)
    {
        var number = offset / options.PageLimit;
        var isPrepared = number < _prepared.Length && offset % options.PageLimit == 0 && count == Math.Min(options.PageLimit, options.Total - offset);
        return new Page(isPrepared ? _prepared[number] : WriteItems(options, forge, offset, count), WriteRest(limit, tail));
    }

    private static ReadOnlyMemory<byte>[] Prepare(SimulatorOptions options, EventForge forge)
    {
        var pages = new ReadOnlyMemory<byte>[(options.Total + options.PageLimit - 1) / options.PageLimit];
        for (var i = 0; i < pages.Length; i++)
        {
            var offset = i * options.PageLimit;
            pages[i] = WriteItems(options, forge, offset, Math.Min(options.PageLimit, options.Total - offset)).ToArray();
        }

        return pages;
    }

    private static ReadOnlyMemory<byte> WriteItems(SimulatorOptions options, EventForge forge, int offset, int count)
    {
        var page = new ArrayBufferWriter<byte>(((count + (2 * options.Duplicates)) * 360) + 4_096);
        page.Write("{\"data\":["u8);
        var written = 0;
        var repeated = count > 0 ? Math.Min(options.Duplicates, offset) : 0;
        for (var i = offset - repeated; i < offset + count; i++)
            WriteEvent(page, forge, i, ref written);
        for (var i = offset; i < offset + Math.Min(options.Duplicates, count); i++)
            WriteEvent(page, forge, i, ref written);
        for (var i = 0; i < options.BadItems && count > 0; i++)
            WriteText(page, BadItems[i % BadItems.Length].Replace("{0}", offset.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), ref written);
        return page.WrittenMemory;
    }

    private byte[] WriteRest(int limit, Tail tail)
    {
        var cursor = tail.NextCursor is null ? "null" : $"\"{tail.NextCursor}\"";
        var life = options.CursorSeconds.ToString(CultureInfo.InvariantCulture);
        var hasMore = tail.HasMore ? "true" : "false";
        // As the original does, the number returned is the one that was asked for.
        return Encoding.UTF8.GetBytes(
            $"],\"pagination\":{{\"limit\":{limit},\"hasMore\":{hasMore},\"nextCursor\":{cursor},\"cursorExpiresIn\":{life}}},"
            + $"\"meta\":{{\"total\":{tail.Total},\"returned\":{limit}}}}}");
    }

    private static void WriteEvent(ArrayBufferWriter<byte> page, EventForge forge, int number, ref int written)
    {
        if (written++ > 0)
            page.Write(","u8);
        page.Advance(forge.Write(number, page.GetSpan(EventForge.MaxBytes)));
    }

    private static void WriteText(ArrayBufferWriter<byte> page, string text, ref int written)
    {
        if (written++ > 0)
            page.Write(","u8);
        page.Write(Encoding.UTF8.GetBytes(text));
    }
}
