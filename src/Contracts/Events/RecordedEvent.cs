using System.Text.Json;

namespace BusIngest.Contracts.Events;

/// <summary>Something that a user of an account did.</summary>
/// <param name="EventId">The client's own id, 1–200 characters; the natural key.</param>
/// <param name="AccountId">The account, 1–200 characters.</param>
/// <param name="UserId">The user, who is known within the account, 1–200 characters.</param>
/// <param name="Type">What it tells of.</param>
/// <param name="Timestamp">When it happened, UTC, to the millisecond.</param>
/// <param name="Metadata">An object of the client's, at most 64 KiB; null: none.</param>
public sealed record RecordedEvent(
    string EventId, string AccountId, string UserId, EventType Type, DateTimeOffset Timestamp, JsonElement? Metadata = null);
