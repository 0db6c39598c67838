using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Failures;

/// <summary>The table of the failed messages.</summary>
internal interface IFailureStore
{
    /// <summary>Keeps a failure; one of the same message and endpoint is replaced.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    Task KeepAsync(FailedMessage failed, CancellationToken cancellationToken);

    /// <summary>Sends messages again, each to the endpoint that gave up, and forgets their failures. A crash in between may send one
    /// twice under its id, and never not at all.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    /// <exception cref="Outbox.OutboxUnavailableException">There is no room; the failures stay.</exception>
    Task SendAgainAsync(IReadOnlyList<FailedMessage> batch, CancellationToken cancellationToken);

    /// <summary>Sends one again, and forgets its failure, unless somebody else has done either meanwhile.</summary>
    /// <returns>False when its failure is not there any more: nothing is sent.</returns>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    /// <exception cref="Outbox.OutboxUnavailableException">There is no room, or it is on its way; the failure stays.</exception>
    Task<bool> SendAgainAsync(FailedMessage failed, CancellationToken cancellationToken);

    /// <summary>Forgets a failure.</summary>
    /// <returns>False when there is none of this id.</returns>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);
}
