using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Bus.Delivery;

/// <summary>Where consumers' transactions commit.</summary>
internal interface IConsumerStore
{
    /// <summary>Whether it is PostgreSQL.</summary>
    bool IsPostgres { get; }

    /// <summary>Makes a transaction of PostgreSQL, which begins with its first statement.</summary>
    /// <exception cref="InvalidOperationException">The database is SQLite.</exception>
    PostgresUnit BeginUnit();

    /// <summary>Whether the endpoint has consumed the message before.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    ValueTask<bool> HasConsumedAsync(ConsumerTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Commits: the mark, the effects, the steps at the schedule and the outgoing messages.</summary>
    /// <returns>False when the message was consumed before: then only what is to happen in that case did.</returns>
    /// <exception cref="StorageUnavailableException">The database can't be written now.</exception>
    Task<bool> CommitAsync(ConsumerTransaction transaction, CancellationToken cancellationToken);
}
