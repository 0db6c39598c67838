using BusIngest.Contracts.Sync;
using BusIngest.Workers.Sync.Pages;

namespace BusIngest.Specs.Sync;

/// <summary>Reads pages without asking anybody for them.</summary>
internal static class PageReading
{
    /// <summary>Reads a page.</summary>
    public static async Task<FetchedPage> ReadAsync(Stream stream, SourceDefinition definition, PageLimits limits, CancellationToken? stopping = null)
    {
        using var inHand = new PagesInHand(limits.BytesInHand);
        using var reader = new PageReader(definition, new FieldPaths(definition), new EventKeys("here"), limits, inHand);
        return await reader.ReadAsync(stream, expectedBytes: null, stopping ?? TestContext.Current.CancellationToken);
    }
}

/// <summary>Gives one piece a read.</summary>
internal sealed class PiecedStream(IEnumerable<ReadOnlyMemory<byte>> pieces) : MemoryStream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _pieces = pieces.GetEnumerator();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_pieces.MoveNext())
            return new(0);
        _pieces.Current.CopyTo(buffer);
        return new(_pieces.Current.Length);
    }
}
