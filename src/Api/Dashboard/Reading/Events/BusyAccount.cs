namespace BusIngest.Api.Dashboard.Reading.Events;

/// <summary>How busy an account was.</summary>
/// <param name="AccountId">The account, by the client's own id.</param>
/// <param name="Events">How many events it had, at least 1.</param>
internal sealed record BusyAccount(string AccountId, long Events);
