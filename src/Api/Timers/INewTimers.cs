using BusIngest.Contracts.Timers;
using BusIngest.Sagas.Timers;

namespace BusIngest.Api.Timers;

/// <summary>Timers that were accepted a moment ago, and whose saga the database does not show yet.</summary>
internal interface INewTimers
{
    /// <summary>Notes a timer, before its client hears that it is accepted.</summary>
    Task NoteAsync(CreateTimer timer);

    /// <summary>A timer as its saga will begin; null when it is none of these.</summary>
    Task<TimerState?> FindAsync(Guid id, CancellationToken cancellationToken);
}
