using System.Buffers;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>The memory of a page's events, in pieces of the shared pool, given back together. Not thread-safe.</summary>
internal sealed class PageMemory : IDisposable
{
    private const int PieceBytes = 1 << 20;

    private readonly List<byte[]> _pieces = [];
    private int _used;

    /// <summary>Memory of this length, whose content is not defined.</summary>
    public Memory<byte> Take(int length)
    {
        if (_pieces.Count == 0 || _pieces[^1].Length - _used < length)
        {
            _pieces.Add(ArrayPool<byte>.Shared.Rent(Math.Max(PieceBytes, length)));
            _used = 0;
        }

        var memory = _pieces[^1].AsMemory(_used, length);
        _used += length;
        return memory;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var piece in _pieces)
            ArrayPool<byte>.Shared.Return(piece);
        _pieces.Clear();
    }
}
