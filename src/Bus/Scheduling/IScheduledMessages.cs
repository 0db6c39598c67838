using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Scheduling;

/// <summary>The schedule: messages that are on disk until they are due.</summary>
internal interface IScheduledMessages
{
    /// <summary>Tells the clockwork of a transaction that is committed.</summary>
    void Announce(IReadOnlyList<ScheduleStep> steps);

    /// <summary>Adds a message; completes when it is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    Task ScheduleAsync(ScheduledEntry entry, CancellationToken cancellationToken);

    /// <summary>Takes a message back; completes when that is on disk.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    Task CancelAsync(Guid token, CancellationToken cancellationToken);
}
