namespace BusIngest.Contracts.Events;

/// <summary>An event as it was read: its texts in UTF-8, most of them in place where they were read from.</summary>
/// <param name="EventId">The client's own id.</param>
/// <param name="AccountId">The account.</param>
/// <param name="UserId">The user.</param>
/// <param name="Type">What it tells of.</param>
/// <param name="TimestampMs">When it happened, in milliseconds since 1970, UTC.</param>
/// <param name="Metadata">The client's object as it was written; empty: none.</param>
public readonly record struct ReadEvent(
    ReadOnlyMemory<byte> EventId,
    ReadOnlyMemory<byte> AccountId,
    ReadOnlyMemory<byte> UserId,
    EventType Type,
    long TimestampMs,
    ReadOnlyMemory<byte> Metadata);
