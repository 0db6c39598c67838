using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Storing;

/// <summary>The events of a chunk, made ready for storing where that holds up nobody: read, with the hashes of their ids.</summary>
internal sealed class StorableEvents
{
    /// <summary>What no id contains.</summary>
    private const byte Separator = 0;

    private StorableEvents(IReadOnlyList<ReadEvent> events, Guid[] hashes) => (Events, Hashes) = (events, hashes);

    /// <summary>The message that they came with.</summary>
    public Guid MessageId { get; init; }

    /// <summary>When it was taken in hand.</summary>
    public DateTimeOffset StoredAt { get; init; }

    /// <summary>Nobody asks any more what messages of before have repeated.</summary>
    public DateTimeOffset OthersKeptFrom { get; init; }

    /// <summary>The events.</summary>
    public IReadOnlyList<ReadEvent> Events { get; }

    /// <summary>The hash of each one's account and id.</summary>
    public Guid[] Hashes { get; }

    /// <summary>Reads a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="messageId">The message that it came with.</param>
    /// <param name="now">The time.</param>
    /// <param name="keepFor">For how long it is known what became of a message.</param>
    /// <exception cref="JsonException">It holds something else than events.</exception>
    public static StorableEvents Of(EventRecorded chunk, Guid messageId, DateTimeOffset now, TimeSpan keepFor)
    {
        var events = EventArray.Read(chunk.Records, chunk.Count);
        var hashes = new Guid[events.Count];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = Hash(events[i].AccountId.Span, events[i].EventId.Span);
        return new StorableEvents(events, hashes) { MessageId = messageId, StoredAt = now, OthersKeptFrom = now - keepFor };
    }

    /// <summary>
    /// The hash of an account and an id of its own: the first 16 bytes of SHA-256. Among 10¹² ids two have the same by a chance of 10⁻¹⁵, and nobody can
    /// find ids that do.
    /// </summary>
    public static Guid Hash(ReadOnlySpan<byte> accountId, ReadOnlySpan<byte> eventId)
    {
        Span<byte> both = stackalloc byte[accountId.Length + 1 + eventId.Length];
        accountId.CopyTo(both);
        both[accountId.Length] = Separator;
        eventId.CopyTo(both[(accountId.Length + 1)..]);
        return Digest(both);
    }

    /// <summary>The short hash of an id alone, by which earlier versions kept it.</summary>
    public static long FormerHash(ReadOnlySpan<byte> eventId) => Short(Digest(eventId));

    private static Guid Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The first 8 bytes of a hash: two events may have the same, so whoever goes by it looks at the ids themselves.</summary>
    public static long Short(Guid hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        hash.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }
}
