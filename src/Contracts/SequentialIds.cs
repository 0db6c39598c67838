using System.Buffers.Binary;

namespace BusIngest.Contracts;

/// <summary>
/// Ids for many records at once: a UUID of version 7 and its successors (RFC 9562, section 6.2, method 2: a counter in the
/// random bits). One draw of random bits serves all, and they fall into an index side by side. The same first id gives the same
/// ids again. Not thread-safe.
/// </summary>
/// <param name="first">A UUID of version 7.</param>
/// <param name="skip">How many of them are left out at the beginning.</param>
public sealed class SequentialIds(Guid first, uint skip = 0)
{
    private uint _next = skip;

    /// <summary>Ids that begin at a random place within the millisecond.</summary>
    public SequentialIds(DateTimeOffset now)
        : this(Guid.CreateVersion7(now))
    {
    }

    /// <summary>The next id; at most 2³² of them differ.</summary>
    public Guid Next()
    {
        Span<byte> id = stackalloc byte[16];
        first.TryWriteBytes(id, bigEndian: true, out _);
        var counter = id[12..];
        BinaryPrimitives.WriteUInt32BigEndian(counter, unchecked(BinaryPrimitives.ReadUInt32BigEndian(counter) + _next++));
        return new Guid(id, bigEndian: true);
    }
}
