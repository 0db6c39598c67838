using System.Security.Cryptography;
using System.Text;

namespace BusIngest.Workers.Sync.Pages;

/// <summary>Something in a page that is no event.</summary>
internal sealed class RejectedItem
{
    private const int MaxExcerptBytes = 4_096;

    private readonly byte[] _hash;

    /// <summary>Keeps what is needed of it.</summary>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="item">All of it.</param>
    public RejectedItem(string reason, ReadOnlySpan<byte> item)
    {
        Reason = reason;
        _hash = SHA256.HashData(item);
        Excerpt = Encoding.UTF8.GetString(item[..Math.Min(item.Length, MaxExcerptBytes)]).Replace('\0', '\uFFFD');
    }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }

    /// <summary>The beginning of it.</summary>
    public string Excerpt { get; }

    /// <summary>What it is known by: the same text from the same source is kept once.</summary>
    public string KeyOf(string source) => Convert.ToHexStringLower(SHA256.HashData([.. _hash, .. Encoding.UTF8.GetBytes(source)]).AsSpan(0, 16));
}
