namespace BusIngest.Workers.Sync.Pages;

/// <summary>An event of a page.</summary>
/// <param name="Id">Its id, 1–512 characters.</param>
/// <param name="Type">Its type; null when it has none.</param>
/// <param name="UserId">Its user; null when it has none.</param>
/// <param name="TimestampMs">Its time, in milliseconds since 1970.</param>
/// <param name="Body">The whole event as JSON in UTF-8, with its time as ISO 8601; it lies in its page's memory.</param>
internal readonly record struct PulledEvent(string Id, string? Type, string? UserId, long TimestampMs, ReadOnlyMemory<byte> Body);
