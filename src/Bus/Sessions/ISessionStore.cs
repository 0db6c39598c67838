using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Sessions;

/// <summary>The table of the sessions that were ended.</summary>
/// <exception cref="StorageUnavailableException">The database can't be read or written now.</exception>
public interface ISessionStore
{
    /// <summary>Notes one, and forgets those that are over anyway; completes when it is on disk.</summary>
    Task AddAsync(Guid session, DateTimeOffset endsAt);

    /// <summary>Those that would not be over yet.</summary>
    Task<IReadOnlyList<Guid>> ListAsync(DateTimeOffset now);
}
