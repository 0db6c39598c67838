using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Api.Hosting;

/// <summary>What a cursor belongs to: a listing and its filter. A cursor of another scope is refused.</summary>
/// <param name="Hash">The first 64 bits of a SHA-256 of both.</param>
internal readonly record struct CursorScope(ulong Hash)
{
    /// <summary>The scope of a listing.</summary>
    /// <param name="listing">The listing's name.</param>
    /// <param name="filter">The values of its filter, in a fixed order; null: not given.</param>
    public static CursorScope Of(string listing, params ReadOnlySpan<string?> filter)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, listing);
        foreach (var value in filter)
            Append(hash, value);
        return new CursorScope(BinaryPrimitives.ReadUInt64BigEndian(hash.GetHashAndReset()));
    }

    /// <summary>With its length, so that what ends one value can't begin the next.</summary>
    private static void Append(IncrementalHash hash, string? value)
    {
        var bytes = value is null ? [] : Encoding.UTF8.GetBytes(value);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, value is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
