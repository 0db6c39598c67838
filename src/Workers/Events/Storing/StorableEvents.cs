using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using BusIngest.Contracts.Events;

namespace BusIngest.Workers.Events.Storing;

/// <summary>The events of a chunk, made ready for storing where that holds up nobody: read, with the hashes of their ids.</summary>
internal sealed class StorableEvents
{
    private StorableEvents(IReadOnlyList<ReadEvent> events, Guid[] hashes) => (Events, Hashes) = (events, hashes);

    /// <summary>The events.</summary>
    public IReadOnlyList<ReadEvent> Events { get; }

    /// <summary>The hash of each one's id.</summary>
    public Guid[] Hashes { get; }

    /// <summary>Reads a chunk.</summary>
    /// <exception cref="JsonException">It holds something else than events.</exception>
    public static StorableEvents Of(EventRecorded chunk)
    {
        var events = EventArray.Read(chunk.Records, chunk.Count);
        var hashes = new Guid[events.Count];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = Hash(events[i].EventId.Span);
        return new StorableEvents(events, hashes);
    }

    /// <summary>
    /// The first 16 bytes of SHA-256: among 10¹² ids two have the same by a chance of 10⁻¹⁵, and nobody can find ids that do.
    /// </summary>
    public static Guid Hash(ReadOnlySpan<byte> eventId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(eventId, hash);
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
