namespace BusIngest.Workers.Sync.Pages;

/// <summary>An event of a page. Its texts lie in the page's memory.</summary>
/// <param name="Key">What it is known by; see <see cref="EventKeys"/>.</param>
/// <param name="Id">Its id, 1–512 characters.</param>
/// <param name="Type">Its type, if it has one.</param>
/// <param name="UserId">Its user, if it has one.</param>
/// <param name="TimestampMs">Its time, in milliseconds since 1970.</param>
/// <param name="Body">The whole event as JSON, with its time as ISO 8601.</param>
internal readonly record struct PulledEvent(Guid Key, PageText Id, PageText Type, PageText UserId, long TimestampMs, PageText Body);
