namespace BusIngest.Api.Commands;

/// <summary>What `timers watch` is asked to show.</summary>
/// <param name="Url">Where the service is.</param>
/// <param name="ApiKey">What to send as X-API-Key; null: nothing.</param>
/// <param name="Status">Only timers of this status; null: all.</param>
/// <param name="Limit">How many, 1–10,000.</param>
/// <param name="Interval">The pause between two looks.</param>
internal sealed record WatchOptions(Uri Url, string? ApiKey, string? Status, int Limit, TimeSpan Interval);
