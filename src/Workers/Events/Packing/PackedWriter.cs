namespace BusIngest.Workers.Events.Packing;

/// <summary>Writes whole numbers, the small ones in few bytes (LEB128). Not thread-safe.</summary>
internal sealed class PackedWriter
{
    private const int LongestNumber = 10;

    private byte[] _buffer = new byte[4096];

    /// <summary>How much is written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written; gone with the next call.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Writes a number.</summary>
    /// <param name="value">At least 0.</param>
    public void Number(long value)
    {
        Reserve(LongestNumber);
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
            _buffer[Length++] = (byte)(rest | 0x80);
        _buffer[Length++] = (byte)rest;
    }

    /// <summary>Writes what is packed already.</summary>
    public void Bytes(ReadOnlySpan<byte> packed)
    {
        Reserve(packed.Length);
        packed.CopyTo(_buffer.AsSpan(Length));
        Length += packed.Length;
    }

    private void Reserve(int bytes)
    {
        if (Length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + bytes));
    }
}
