using System.Text.Json;

namespace BusIngest.Bus.Failures;

/// <summary>
/// Promise 3, "nothing vanishes": what a consumer gives up on is kept with its exception, until someone sends it again or drops it.
/// </summary>
public interface IFailedMessages
{
    /// <summary>Sends a message again, to the endpoint that gave up and under its own id: should it have been consumed
    /// meanwhile, it is dropped as a repeat.</summary>
    /// <param name="id">The failure's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there is no such failure.</returns>
    /// <exception cref="Outbox.OutboxUnavailableException">It can't be made durable now; the failure stays.</exception>
    Task<bool> RetryAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Sends a message again as <see cref="RetryAsync(Guid, CancellationToken)"/> does, with an edited payload in place of its own.</summary>
    /// <param name="id">The failure's id.</param>
    /// <param name="payload">In the form in which the message is listed: as many records as it has, or the whole envelope, of which only the
    /// message itself may be another.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when there is no such failure.</returns>
    /// <exception cref="PayloadRefusedException">The payload can't take the place of the message's own; nothing is sent.</exception>
    /// <exception cref="Outbox.OutboxUnavailableException">It can't be made durable now; the failure stays as it was.</exception>
    Task<bool> RetryAsync(Guid id, JsonElement payload, CancellationToken cancellationToken);

    /// <summary>Sends all again that failed before the call.</summary>
    /// <param name="messageType">Only messages of this name; null: all.</param>
    /// <param name="cancellationToken">Ends the work between two messages.</param>
    /// <returns>How many were sent.</returns>
    /// <exception cref="Outbox.OutboxUnavailableException">Some can't be made durable now; their failures stay.</exception>
    Task<int> RetryAllAsync(string? messageType, CancellationToken cancellationToken);

    /// <summary>Forgets a message for good.</summary>
    /// <returns>False when there is no such failure.</returns>
    /// <exception cref="Storage.StorageUnavailableException">The database can't be written now.</exception>
    Task<bool> DropAsync(Guid id, CancellationToken cancellationToken);
}
