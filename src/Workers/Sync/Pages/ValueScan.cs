using System.Buffers;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>
/// Finds the end of a JSON value while its bytes arrive, each of which it looks at once. It sees brackets and quotes alone: whether what is between them is
/// JSON, only its reading tells.
/// </summary>
internal struct ValueScan
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> AfterScalar = SearchValues.Create(",]} \t\r\n"u8);

    private bool _isScalar;
    private bool _isText;
    private bool _isEscaped;
    private int _depth;

    /// <summary>Where it goes on, in the bytes that it is given.</summary>
    public int At { get; set; }

    /// <summary>How deep the value is nested, as far as it was seen.</summary>
    public int Deepest { get; private set; }

    /// <summary>Begins at a value's first byte.</summary>
    public static ValueScan Of(ReadOnlySpan<byte> bytes, int at) => new() { At = at, _isScalar = bytes[at] is not ((byte)'{' or (byte)'[' or (byte)'"') };

    /// <summary>Begins behind a value's opening bracket.</summary>
    public static ValueScan Within(int at) => new() { At = at, _depth = 1 };

    /// <summary>Goes on to the end of the value.</summary>
    /// <returns>Whether that is there; <see cref="At"/> is then behind it.</returns>
    public bool TryFinish(ReadOnlySpan<byte> bytes)
    {
        if (_isScalar)
        {
            var end = bytes[At..].IndexOfAny(AfterScalar);
            At = end < 0 ? bytes.Length : At + end;
            return end >= 0;
        }

        while (At < bytes.Length)
        {
            if (_isText ? TryFinishText(bytes) && _depth == 0 : TryFinishStructure(bytes))
                return true;
        }

        return false;
    }

    private bool TryFinishText(ReadOnlySpan<byte> bytes)
    {
        if (_isEscaped)
        {
            At++;
            _isEscaped = false;
            return false;
        }

        var next = bytes[At..].IndexOfAny((byte)'"', (byte)'\\');
        if (next < 0)
        {
            At = bytes.Length;
            return false;
        }

        _isEscaped = bytes[At + next] == '\\';
        _isText = _isEscaped;
        At += next + 1;
        return !_isText;
    }

    private bool TryFinishStructure(ReadOnlySpan<byte> bytes)
    {
        var next = bytes[At..].IndexOfAny(Structure);
        if (next < 0)
        {
            At = bytes.Length;
            return false;
        }

        At += next + 1;
        switch (bytes[At - 1])
        {
            case (byte)'"':
                _isText = true;
                return false;
            case (byte)'{' or (byte)'[':
                _depth++;
                Deepest = Math.Max(Deepest, _depth);
                return false;
            default:
                return --_depth <= 0;
        }
    }
}
