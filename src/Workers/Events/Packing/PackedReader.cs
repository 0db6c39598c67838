namespace BusIngest.Workers.Events.Packing;

/// <summary>Reads what a <see cref="PackedWriter"/> wrote.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> packed)
{
    private readonly ReadOnlySpan<byte> _packed = packed;
    private int _position;

    /// <summary>Whether there is nothing more.</summary>
    public readonly bool AtEnd => _position == _packed.Length;

    public long Number()
    {
        long first = _packed[_position++];
        if (first < 0x80)
            return first;

        var value = first & 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            long next = _packed[_position++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        var bytes = _packed.Slice(_position, length);
        _position += length;
        return bytes;
    }
}
