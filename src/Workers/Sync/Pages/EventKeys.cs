using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using BusIngest.Contracts.Sync;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>
/// Makes what a source's events are known by: 16 bytes of a hash over source and id. An index over them is half as large as one over the
/// texts, and its comparisons know of no language; that nobody finds two ids with the same one is SHA-256's promise.
/// </summary>
/// <param name="source">The source's name.</param>
public sealed class EventKeys(string source)
{
    private const int SourceBytes = 16;
    private const int StackBytes = 256;

    private readonly byte[] _source = SourceIds.Of(source).ToByteArray();

    /// <summary>The key of an event.</summary>
    /// <param name="id">Its id.</param>
    public Guid Of(string id) => Of(Encoding.UTF8.GetBytes(id));

    /// <summary>The key of an event.</summary>
    /// <param name="id">Its id in UTF-8.</param>
    public Guid Of(ReadOnlySpan<byte> id)
    {
        var length = SourceBytes + id.Length;
        var rented = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> text = rented is null ? stackalloc byte[StackBytes] : rented;
        _source.CopyTo(text);
        id.CopyTo(text[SourceBytes..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return new Guid(hash[..16], bigEndian: true);
    }
}
