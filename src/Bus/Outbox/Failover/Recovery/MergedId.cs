using System.Security.Cryptography;

namespace BusIngest.Bus.Outbox.Failover.Recovery;

/// <summary>The id of a message that is made of several: the same for the same ones in any order, and another for any others.</summary>
internal static class MergedId
{
    private const int Size = 16;

    /// <summary>A UUID of version 8 (RFC 9562): the time of the oldest, so that it falls into an index beside it, and a hash of all.</summary>
    /// <param name="ids">At least one; those made by us are of version 7, which begins with the time.</param>
    public static Guid Of(IEnumerable<Guid> ids)
    {
        var sorted = ids.Order().ToArray();
        var all = new byte[sorted.Length * Size];
        for (var i = 0; i < sorted.Length; i++)
            sorted[i].TryWriteBytes(all.AsSpan(i * Size), bigEndian: true, out _);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(all, hash);
        Span<byte> id = stackalloc byte[Size];
        all.AsSpan(0, 6).CopyTo(id);
        hash[..10].CopyTo(id[6..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
