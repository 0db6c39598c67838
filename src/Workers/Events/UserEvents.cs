namespace BusIngest.Workers.Events;

/// <summary>How busy a user was.</summary>
/// <param name="UserId">The user, by the client's own id.</param>
/// <param name="Events">How many events, at least 1.</param>
public sealed record UserEvents(string UserId, long Events);
