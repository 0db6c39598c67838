using System.Buffers.Binary;
using BusIngest.Bus.Inbox;

namespace BusIngest.Bus.Delivery.Tracking;

/// <inheritdoc />
internal sealed class MessageTracking(IMarkLookup marks, SqliteInbox inbox, InboxOptions options, bool seesAll, TimeProvider time) : IMessageTracking
{
    /// <summary>Clocks of several machines differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    public bool SeesAll => seesAll;

    public async ValueTask<MessageStanding> FindAsync(Guid messageId, string endpoint, CancellationToken cancellationToken)
    {
        var standing = await marks.FindAsync(messageId, endpoint, cancellationToken);
        if (standing != MessageStanding.Unknown)
            return standing;
        if (!seesAll)
            return IsRecent(messageId) ? MessageStanding.Waiting : MessageStanding.Unknown;
        if (inbox.Waits(messageId))
            return MessageStanding.Waiting;

        // A row goes after its mark has come, which may have been between the two looks.
        return await marks.FindAsync(messageId, endpoint, cancellationToken);
    }

    public DateTimeOffset? OldestWaiting(string messageType) => inbox.OldestAcceptedAt(messageType);

    /// <summary>Ids of version 7 begin with the milliseconds since 1970.</summary>
    private bool IsRecent(Guid messageId)
    {
        Span<byte> bytes = stackalloc byte[16];
        messageId.TryWriteBytes(bytes, bigEndian: true, out _);
        // As a number: of an id that somebody made up it may be later than any date there is.
        var made = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        var now = time.GetUtcNow();
        return made > (now - options.MarkRetention).ToUnixTimeMilliseconds() && made < (now + ClockSkew).ToUnixTimeMilliseconds();
    }
}
