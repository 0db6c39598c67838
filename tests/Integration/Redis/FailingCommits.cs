using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using BusIngest.Bus.Storage.Postgres;

namespace BusIngest.Integration.Redis;

/// <summary>Lets commits fail, as a crash between a saga's state and its messages would.</summary>
internal sealed class FailingCommits(IConsumerStore store) : IConsumerStore
{
    private int _failures;

    /// <summary>How many of the next commits at the sagas' endpoint fail.</summary>
    public int Left
    {
        get => Volatile.Read(ref _failures);
        set => Volatile.Write(ref _failures, value);
    }

    public bool IsPostgres => store.IsPostgres;

    public PostgresUnit BeginUnit() => store.BeginUnit();

    public ValueTask<bool> HasConsumedAsync(ConsumerTransaction transaction, CancellationToken cancellationToken) =>
        store.HasConsumedAsync(transaction, cancellationToken);

    public Task<bool> CommitAsync(ConsumerTransaction transaction, CancellationToken cancellationToken) =>
        string.Equals(transaction.Endpoint, "tallies", StringComparison.Ordinal) && Interlocked.Decrement(ref _failures) >= 0
            ? throw new StorageUnavailableException("as if the process were gone")
            : store.CommitAsync(transaction, cancellationToken);
}
