using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace BusIngest.Api.Hosting;

/// <summary>The place where a page of a listing ended. To clients it is 22 characters that mean nothing.</summary>
/// <param name="Scope">The listing and the filter that it belongs to.</param>
/// <param name="Place">The last row's place in the order of the listing, at least 0.</param>
internal readonly record struct PageCursor(CursorScope Scope, long Place)
{
    private const int Size = 2 * sizeof(ulong);

    /// <summary>As clients get it.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Scope.Hash);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(ulong)..], Place);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what a client gives back.</summary>
    /// <returns>Whether it can be one of ours; whose it is has still to be looked at.</returns>
    public static bool TryParse(string text, out PageCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[Size];
        cursor = default;
        if (text.Length != Base64Url.GetEncodedLength(Size)
            || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done
            || length != Size)
            return false;

        cursor = new PageCursor(
            new CursorScope(BinaryPrimitives.ReadUInt64BigEndian(bytes)), BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(ulong)..]));
        return cursor.Place >= 0;
    }
}
