using System.Buffers;
using System.Runtime.CompilerServices;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>What a page's events consist of: their texts, one behind the other, and where they are. It is of the shared pool. Not thread-safe.</summary>
internal sealed class PageMemory : IDisposable
{
    private const int LeastBytes = 64 << 10;
    private const int MostExpectedBytes = 16 << 20;
    private const int FirstEvents = 1_024;

    private byte[] _bytes;
    private int _used;
    private PulledEvent[] _events = ArrayPool<PulledEvent>.Shared.Rent(FirstEvents);

    /// <summary>Takes memory for a page.</summary>
    /// <param name="expectedBytes">About how long the page is; null: nobody knows.</param>
    public PageMemory(long? expectedBytes)
    {
        // Ids, types and users are there twice.
        var wanted = (expectedBytes ?? 0) * 5 / 4;
        _bytes = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(wanted, LeastBytes, MostExpectedBytes));
    }

    /// <summary>How many events there are.</summary>
    public int Count { get; private set; }

    /// <summary>What it takes up, in bytes.</summary>
    public long Bytes => _bytes.Length + ((long)_events.Length * Unsafe.SizeOf<PulledEvent>());

    /// <summary>The events.</summary>
    public ReadOnlySpan<PulledEvent> Events => _events.AsSpan(0, Count);

    /// <summary>A text; of none, nothing.</summary>
    public ReadOnlySpan<byte> Text(PageText text) => text.IsNone ? default : _bytes.AsSpan(text.Start, text.Length);

    /// <summary>Room for a text of this length, until the next call.</summary>
    public Span<byte> Take(int length, out PageText text)
    {
        if (_bytes.Length - _used < length)
            Grow(length);
        text = new PageText(_used, length);
        _used += length;
        return _bytes.AsSpan(text.Start, length);
    }

    /// <summary>Keeps a text.</summary>
    public PageText Keep(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Take(bytes.Length, out var text));
        return text;
    }

    /// <summary>Keeps an event.</summary>
    public void Add(in PulledEvent pulled)
    {
        if (Count == _events.Length)
        {
            var larger = ArrayPool<PulledEvent>.Shared.Rent(Count * 2);
            _events.CopyTo(larger, 0);
            ArrayPool<PulledEvent>.Shared.Return(_events);
            _events = larger;
        }

        _events[Count++] = pulled;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_bytes.Length == 0)
            return;

        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<PulledEvent>.Shared.Return(_events);
        (_bytes, _events, Count) = ([], [], 0);
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _used + length));
        _bytes.AsSpan(0, _used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
