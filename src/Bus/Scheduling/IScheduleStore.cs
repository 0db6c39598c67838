using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Scheduling;

/// <summary>The table of the messages for later.</summary>
/// <exception cref="StorageUnavailableException">The database is out of reach now.</exception>
internal interface IScheduleStore
{
    /// <summary>Adds a message, or takes one back; completes when that is on disk.</summary>
    Task WriteAsync(ScheduleStep step, CancellationToken cancellationToken);

    /// <summary>What is due up to a time, the earliest first; where several processes share the schedule, only what is this one's from now on.</summary>
    /// <param name="end">The time.</param>
    /// <param name="limit">The most to be taken in.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<DueToken>> LoadAsync(DateTimeOffset end, int limit, CancellationToken cancellationToken);

    /// <summary>Moves a message to the outgoing ones, unless it is not due, was taken back, or has been moved.</summary>
    Task FireAsync(Guid token);

    /// <summary>Leaves what was loaded to others.</summary>
    Task ReleaseAsync(CancellationToken cancellationToken);
}
