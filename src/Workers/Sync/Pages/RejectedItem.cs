using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>Something in a page that is no event.</summary>
internal sealed class RejectedItem
{
    /// <summary>The most that is kept of it.</summary>
    public const int MaxExcerptBytes = 4_096;

    private readonly byte[] _hash;

    /// <summary>Keeps what is needed of it.</summary>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="item">All of it.</param>
    /// <param name="excerptBytes">How much of it.</param>
    public RejectedItem(string reason, ReadOnlySpan<byte> item, int excerptBytes)
    {
        Reason = reason;
        _hash = SHA256.HashData(item);
        Excerpt = Encoding.UTF8.GetString(item[..Math.Min(item.Length, excerptBytes)]).Replace('\0', '\uFFFD');
    }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }

    /// <summary>The beginning of it.</summary>
    public string Excerpt { get; }

    /// <summary>A hash of it.</summary>
    public UInt128 Content => BinaryPrimitives.ReadUInt128LittleEndian(_hash);

    /// <summary>What it is known by: the same text from the same source is kept once.</summary>
    public string KeyOf(string source) => Convert.ToHexStringLower(SHA256.HashData([.. _hash, .. Encoding.UTF8.GetBytes(source)]).AsSpan(0, 16));
}
