using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Delivery.Tracking;

/// <summary>Tells what has become of messages that the outbox took.</summary>
public interface IMessageTracking
{
    /// <summary>What has become of a message at an endpoint.</summary>
    /// <param name="messageId">The id that the outbox gave it.</param>
    /// <param name="endpoint">Who consumes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Behind a server's lane a message that nobody has seen yet is <see cref="MessageStanding.Waiting"/> by its age: for as long
    /// as marks are kept.</returns>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    ValueTask<MessageStanding> FindAsync(Guid messageId, string endpoint, CancellationToken cancellationToken);

    /// <summary>When the first was accepted of the messages that wait in this process; null when none does.</summary>
    /// <param name="messageType">The messages' name.</param>
    /// <exception cref="StorageUnavailableException">The file can't be read now.</exception>
    DateTimeOffset? OldestWaiting(string messageType);

    /// <summary>Whether what is accepted waits in this process alone, so that <see cref="OldestWaiting"/> tells of all.</summary>
    bool SeesAll { get; }
}
