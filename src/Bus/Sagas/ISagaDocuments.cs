using BusIngest.Bus.Storage;

namespace BusIngest.Bus.Sagas;

/// <summary>Reads sagas as documents, without their machine: what lists and lookups of a workload go by.</summary>
/// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
public interface ISagaDocuments
{
    /// <summary>One saga; null when there is none.</summary>
    ValueTask<SagaDocument?> FindAsync(string kind, Guid correlationId, CancellationToken cancellationToken);

    /// <summary>Some sagas of one kind, in no order; those that are not there are left out.</summary>
    ValueTask<IReadOnlyList<SagaDocument>> FindAsync(string kind, IReadOnlyCollection<Guid> correlationIds, CancellationToken cancellationToken);

    /// <summary>How many sagas of one kind there are up to a <see cref="SagaDocument.Seq"/>.</summary>
    ValueTask<long> CountAsync(string kind, long last, CancellationToken cancellationToken);

    /// <summary>Sagas of one kind, newest first.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="state">Only those in this state; null: all.</param>
    /// <param name="before">Only those created before the one of this <see cref="SagaDocument.Seq"/>; null: from the newest.</param>
    /// <param name="limit">The most to be read.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    ValueTask<IReadOnlyList<SagaDocument>> ListAsync(string kind, string? state, long? before, int limit, CancellationToken cancellationToken);
}
