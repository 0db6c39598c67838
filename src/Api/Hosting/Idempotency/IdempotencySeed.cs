using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BusIngest.Api.Hosting;

/// <summary>Where a request's ids come from when it has an idempotency key: the same seed gives the same ids in the same order.</summary>
/// <param name="Seed">A UUID of version 7.</param>
internal sealed record IdempotencySeed(Guid Seed)
{
    private int _next;

    /// <summary>The next id: the seed's time with bits hashed from seed and place, a UUID of version 7 (RFC 9562) like any other.</summary>
    public Guid Next()
    {
        Span<byte> input = stackalloc byte[20];
        Seed.TryWriteBytes(input, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(input[16..], _next++);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);

        var id = hash[..16];
        input[..6].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0f) | 0x70);
        id[8] = (byte)((id[8] & 0x3f) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}

/// <summary>Ids for what a request makes.</summary>
internal static class RequestIds
{
    /// <summary>Gives ids, the same ones again for a request that is sent again under its idempotency key.</summary>
    public static Func<Guid> IdSource(this HttpContext context, DateTimeOffset now) =>
        context.Features.Get<IdempotencySeed>() is { } seed ? seed.Next : () => Guid.CreateVersion7(now);
}
