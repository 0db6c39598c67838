using BusIngest.Bus.Outbox;

namespace BusIngest.Api.Commands.Inbox;

/// <summary>Asks a service for its outbox, and steers its breaker.</summary>
/// <param name="url">Where the service is.</param>
/// <param name="apiKey">What to send as X-API-Key; null: nothing.</param>
internal sealed class OutboxClient(Uri url, string? apiKey) : ServiceClient(url, apiKey, "an outbox")
{
    /// <summary>How it is.</summary>
    /// <exception cref="CommandException">The service can't be reached, or does not answer with an outbox.</exception>
    public Task<OutboxStatus> ReadAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "outbox", CommandJson.Default.OutboxStatus, cancellationToken);

    /// <summary>Closes its breaker.</summary>
    /// <exception cref="CommandException">The service can't be reached, or refuses.</exception>
    public Task<OutboxStatus> CloseAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "outbox/close", CommandJson.Default.OutboxStatus, cancellationToken);
}
