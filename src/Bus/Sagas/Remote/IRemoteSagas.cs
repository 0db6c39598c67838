using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Sagas.Remote;

/// <summary>Reads and writes sagas on a server, each write by compare-and-set on the version, and durable there once it completes.</summary>
/// <exception cref="StorageUnavailableException">The server is out of reach; whether a write happened may be unknown.</exception>
internal interface IRemoteSagas
{
    /// <summary>Reads a saga.</summary>
    Task<RemoteSaga> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a saga that is at the expected version. A message that has written already and comes again expects the version that it has made, and
    /// writes in its own place.
    /// </summary>
    /// <returns>False when it is not at that version.</returns>
    Task<bool> SaveAsync(string kind, Guid correlationId, long expected, SagaStep step, CancellationToken cancellationToken);

    /// <summary>Deletes a saga that is at the expected version. What it was before stays for a day, for the message that deletes it.</summary>
    /// <returns>False when it is not at that version.</returns>
    Task<bool> DeleteAsync(string kind, Guid correlationId, long expected, Guid messageId, CancellationToken cancellationToken);
}
