using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using BusIngest.Bus.Outbox;

namespace BusIngest.Api.Events;

/// <summary>
/// The opaque id of an accepted batch: the message that carries it, and its stretch there, in Base64. So no row is written for it: what has
/// become of the message has become of the batch.
/// </summary>
/// <param name="MessageId">The message.</param>
/// <param name="First">The place of the batch's first event, below 2²².</param>
/// <param name="Count">How many events it has, 1–1,024; 0: the id is of an earlier version, which did not say.</param>
internal readonly record struct JobId(Guid MessageId, int First, int Count)
{
    /// <summary>How long its text is.</summary>
    public const int Length = 32;

    private const int Size = 24;
    private const uint Seal = 0x6A6F6232;
    private const uint FormerSeal = 0x6A6F6231;
    private const int CountBits = 10;

    /// <summary>The id of a batch that the outbox took.</summary>
    public static JobId Of(OutboxReceipt receipt, int count) => new(receipt.MessageId, receipt.First, count);

    /// <summary>Writes its text.</summary>
    /// <param name="text">At least <see cref="Length"/> bytes.</param>
    public void Format(Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        MessageId.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], Count == 0 ? First : (First << CountBits) | (Count - 1));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[20..], Check(bytes[..20], Count == 0 ? FormerSeal : Seal));
        Base64Url.EncodeToUtf8(bytes, text);
    }

    /// <summary>Reads a text.</summary>
    /// <returns>False when it is no id of ours.</returns>
    public static bool TryParse(string? text, out JobId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (text?.Length != Length || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done || length != Size)
            return false;

        var (message, stretch) = (new Guid(bytes[..16], bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(bytes[16..]));
        var check = BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]);
        var isFormer = check == Check(bytes[..20], FormerSeal);
        id = isFormer ? new JobId(message, stretch, 0) : new JobId(message, stretch >>> CountBits, (stretch & ((1 << CountBits) - 1)) + 1);
        return isFormer || check == Check(bytes[..20], Seal);
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(Length, this, static (text, id) =>
    {
        Span<byte> utf8 = stackalloc byte[Length];
        id.Format(utf8);
        System.Text.Encoding.ASCII.GetChars(utf8, text);
    });

    /// <summary>Tells what was made up, or cut off, from what was given out (FNV-1a).</summary>
    private static uint Check(ReadOnlySpan<byte> bytes, uint seal)
    {
        var check = 2166136261u ^ seal;
        foreach (var one in bytes)
            check = unchecked((check ^ one) * 16777619u);
        return check;
    }
}
